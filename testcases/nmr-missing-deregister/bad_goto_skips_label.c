/*
 * Defect: in the unwinding ladder, the step after the client's registration jumps to the one below the deregistration.
 * (Twin: ok_goto_right_label.c)
 */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD whimbrel_unload;

static HANDLE whimbrel_up, whimbrel_down;
static PDEVICE_OBJECT whimbrel_device;
static UNICODE_STRING whimbrel_link = RTL_CONSTANT_STRING(L"\\DosDevices\\Whimbrel");
static UNICODE_STRING whimbrel_name = RTL_CONSTANT_STRING(L"\\Device\\Whimbrel");
static const NPIID whimbrel_top_npi = { 0xb64f600a, 0x912a, 0x4c3f, { 0x80, 0x0f, 0xb7, 0xea, 0x28, 0x28, 0xae, 0x02 } };
static const NPI_MODULEID whimbrel_top_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0xe4ddc0ae, 0x535e, 0x4a86, { 0x84, 0xbb, 0x24, 0x04, 0xf1, 0x45, 0x96, 0x85 } },
};
static const ULONG whimbrel_top_dispatch[2] = { 5, 0 };
static volatile LONG whimbrel_top_clients;

static NTSTATUS NTAPI whimbrel_top_attach_client(HANDLE binding, PVOID provider_context, PNPI_REGISTRATION_INSTANCE client, PVOID client_context,
                                        const VOID *client_dispatch, PVOID *binding_context, const VOID **dispatch)
{
    (void)binding; (void)provider_context; (void)client; (void)client_context; (void)client_dispatch;
    InterlockedIncrement(&whimbrel_top_clients);
    *binding_context = (PVOID)&whimbrel_top_clients;
    *dispatch = whimbrel_top_dispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI whimbrel_top_detach_client(PVOID binding_context)
{
    InterlockedDecrement((volatile LONG *)binding_context);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS whimbrel_top_provider = {
    .Length = sizeof(NPI_PROVIDER_CHARACTERISTICS),
    .ProviderAttachClient = whimbrel_top_attach_client,
    .ProviderDetachClient = whimbrel_top_detach_client,
    .ProviderRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &whimbrel_top_npi, .ModuleId = &whimbrel_top_module },
};
static const NPIID whimbrel_bottom_npi = { 0xb0fd44f2, 0xf9ff, 0x4b0a, { 0x89, 0x63, 0xba, 0x97, 0x07, 0x6e, 0x26, 0x2e } };
static const NPI_MODULEID whimbrel_bottom_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0x3502a919, 0xdefc, 0x40db, { 0x8e, 0x0f, 0xd9, 0x56, 0xcf, 0x22, 0x5a, 0x46 } },
};
static const ULONG whimbrel_bottom_dispatch = 7;
static struct { PVOID context; const VOID *dispatch; } whimbrel_bottom_peer;

static NTSTATUS NTAPI whimbrel_bottom_attach(HANDLE binding, PVOID context, PNPI_REGISTRATION_INSTANCE instance)
{
    (void)context;
    (void)instance;
    return NmrClientAttachProvider(binding, &whimbrel_bottom_peer, &whimbrel_bottom_dispatch, &whimbrel_bottom_peer.context, &whimbrel_bottom_peer.dispatch);
}

static NTSTATUS NTAPI whimbrel_bottom_detach(PVOID binding_context)
{
    (void)binding_context;
    whimbrel_bottom_peer.dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS whimbrel_bottom_client = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = whimbrel_bottom_attach,
    .ClientDetachProvider = whimbrel_bottom_detach,
    .ClientRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &whimbrel_bottom_npi, .ModuleId = &whimbrel_bottom_module },
};

static void whimbrel_end_down(void)
{
    NTSTATUS status = NmrDeregisterClient(whimbrel_down);

    NT_ASSERT(status == STATUS_PENDING);
    UNREFERENCED_PARAMETER(status);
    NmrWaitForClientDeregisterComplete(whimbrel_down);
}

static void whimbrel_end_up(void)
{
    NTSTATUS status = NmrDeregisterProvider(whimbrel_up);

    NT_ASSERT(status == STATUS_PENDING);
    UNREFERENCED_PARAMETER(status);
    NmrWaitForProviderDeregisterComplete(whimbrel_up);
}

void NTAPI whimbrel_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    IoUnregisterShutdownNotification(whimbrel_device);
    IoDeleteSymbolicLink(&whimbrel_link);
    whimbrel_end_down();
    whimbrel_end_up();
    IoDeleteDevice(whimbrel_device);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    NTSTATUS status;

    (void)path;
    status = IoCreateDevice(driver, 0, &whimbrel_name, FILE_DEVICE_NETWORK, 0, FALSE, &whimbrel_device);
    if (!NT_SUCCESS(status))
        return status;

    status = NmrRegisterProvider(&whimbrel_top_provider, NULL, &whimbrel_up);
    if (!NT_SUCCESS(status))
        goto fail_up;

    status = NmrRegisterClient(&whimbrel_bottom_client, NULL, &whimbrel_down); // EXPECT: nmr-missing-deregister
    if (!NT_SUCCESS(status))
        goto fail_down;

    status = IoCreateSymbolicLink(&whimbrel_link, &whimbrel_name);
    if (!NT_SUCCESS(status))
        goto fail_down;

    status = IoRegisterShutdownNotification(whimbrel_device);
    if (!NT_SUCCESS(status))
        goto fail_shutdown;

    driver->DriverUnload = whimbrel_unload;
    return STATUS_SUCCESS;

fail_shutdown:
    IoDeleteSymbolicLink(&whimbrel_link);
    whimbrel_end_down();
fail_down:
    whimbrel_end_up();
fail_up:
    IoDeleteDevice(whimbrel_device);
    return status;
}
