/*
 * Good: the function returns the handle, or NULL, and both callers keep it.
 * (Twin: bad_returned_and_dropped.c)
 */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD zircon_unload;

static HANDLE zircon_data, zircon_control;
static const NPIID zircon_a_npi = { 0xf666b186, 0xe999, 0x4652, { 0x8e, 0x10, 0x51, 0x3c, 0x62, 0xc5, 0x1a, 0x77 } };
static const NPI_MODULEID zircon_a_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0x4af08d50, 0xc347, 0x4d04, { 0x80, 0x33, 0x34, 0xf3, 0xa3, 0xb6, 0x3a, 0x64 } },
};
static const ULONG zircon_a_dispatch[2] = { 3, 0 };
static volatile LONG zircon_a_clients;

static NTSTATUS NTAPI zircon_a_attach_client(HANDLE binding, PVOID provider_context, PNPI_REGISTRATION_INSTANCE client, PVOID client_context,
                                        const VOID *client_dispatch, PVOID *binding_context, const VOID **dispatch)
{
    (void)binding; (void)provider_context; (void)client; (void)client_context; (void)client_dispatch;
    InterlockedIncrement(&zircon_a_clients);
    *binding_context = (PVOID)&zircon_a_clients;
    *dispatch = zircon_a_dispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI zircon_a_detach_client(PVOID binding_context)
{
    InterlockedDecrement((volatile LONG *)binding_context);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS zircon_a_provider = {
    .Length = sizeof(NPI_PROVIDER_CHARACTERISTICS),
    .ProviderAttachClient = zircon_a_attach_client,
    .ProviderDetachClient = zircon_a_detach_client,
    .ProviderRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &zircon_a_npi, .ModuleId = &zircon_a_module },
};
static const NPIID zircon_b_npi = { 0x92658632, 0x3137, 0x4cd6, { 0x88, 0x4e, 0xff, 0xb1, 0xe3, 0x27, 0x47, 0xec } };
static const NPI_MODULEID zircon_b_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0xada6eaf8, 0xfc8a, 0x4621, { 0x85, 0xf8, 0xa2, 0x9b, 0xd0, 0x41, 0xfc, 0x35 } },
};
static const ULONG zircon_b_dispatch[2] = { 4, 0 };
static volatile LONG zircon_b_clients;

static NTSTATUS NTAPI zircon_b_attach_client(HANDLE binding, PVOID provider_context, PNPI_REGISTRATION_INSTANCE client, PVOID client_context,
                                        const VOID *client_dispatch, PVOID *binding_context, const VOID **dispatch)
{
    (void)binding; (void)provider_context; (void)client; (void)client_context; (void)client_dispatch;
    InterlockedIncrement(&zircon_b_clients);
    *binding_context = (PVOID)&zircon_b_clients;
    *dispatch = zircon_b_dispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI zircon_b_detach_client(PVOID binding_context)
{
    InterlockedDecrement((volatile LONG *)binding_context);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS zircon_b_provider = {
    .Length = sizeof(NPI_PROVIDER_CHARACTERISTICS),
    .ProviderAttachClient = zircon_b_attach_client,
    .ProviderDetachClient = zircon_b_detach_client,
    .ProviderRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &zircon_b_npi, .ModuleId = &zircon_b_module },
};

static HANDLE zircon_offer_data(void)
{
    HANDLE handle;

    if (!NT_SUCCESS(NmrRegisterProvider(&zircon_a_provider, NULL, &handle)))
        return NULL;
    return handle;
}

static HANDLE zircon_offer_control(void)
{
    HANDLE handle;
    NTSTATUS status;

    status = NmrRegisterProvider(&zircon_b_provider, NULL, &handle);
    return NT_SUCCESS(status) ? handle : NULL;
}

static void zircon_withdraw(HANDLE handle)
{
    if (handle && NmrDeregisterProvider(handle) == STATUS_PENDING)
        NmrWaitForProviderDeregisterComplete(handle);
}

VOID NTAPI zircon_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    zircon_withdraw(zircon_control);
    zircon_withdraw(zircon_data);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    (void)path;
    zircon_data = zircon_offer_data();
    if (!zircon_data)
        return STATUS_UNSUCCESSFUL;
    zircon_control = zircon_offer_control();
    driver->DriverUnload = zircon_unload;
    return STATUS_SUCCESS;
}
