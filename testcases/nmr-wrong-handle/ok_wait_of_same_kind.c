/*
 * Good: the provider is deregistered and waited for as one.
 * (Twin: bad_wait_of_other_kind.c)
 */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD cardinal_unload;

static HANDLE cardinal_handle;
static const NPIID cardinal_npi = { 0xdf53611e, 0xee0d, 0x42b0, { 0x88, 0x7b, 0xce, 0x06, 0x1b, 0x96, 0x25, 0xc8 } };
static const NPI_MODULEID cardinal_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0xd92834f1, 0xd858, 0x484e, { 0x83, 0x21, 0xea, 0xd3, 0x1c, 0x91, 0x4c, 0xd5 } },
};
static const ULONG cardinal_dispatch[2] = { 3, 0 };
static volatile LONG cardinal_clients;

static NTSTATUS NTAPI cardinal_attach_client(HANDLE binding, PVOID provider_context, PNPI_REGISTRATION_INSTANCE client, PVOID client_context,
                                        const VOID *client_dispatch, PVOID *binding_context, const VOID **dispatch)
{
    (void)binding; (void)provider_context; (void)client; (void)client_context; (void)client_dispatch;
    InterlockedIncrement(&cardinal_clients);
    *binding_context = (PVOID)&cardinal_clients;
    *dispatch = cardinal_dispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI cardinal_detach_client(PVOID binding_context)
{
    InterlockedDecrement((volatile LONG *)binding_context);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS cardinal_provider = {
    .Length = sizeof(NPI_PROVIDER_CHARACTERISTICS),
    .ProviderAttachClient = cardinal_attach_client,
    .ProviderDetachClient = cardinal_detach_client,
    .ProviderRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &cardinal_npi, .ModuleId = &cardinal_module },
};

void NTAPI cardinal_unload(PDRIVER_OBJECT driver)
{
    NTSTATUS status = NmrDeregisterProvider(cardinal_handle);

    (void)driver;
    if (status == STATUS_PENDING)
        NmrWaitForProviderDeregisterComplete(cardinal_handle);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    NTSTATUS status;

    (void)path;
    status = NmrRegisterProvider(&cardinal_provider, NULL, &cardinal_handle);
    if (NT_SUCCESS(status))
        driver->DriverUnload = cardinal_unload;
    return status;
}
