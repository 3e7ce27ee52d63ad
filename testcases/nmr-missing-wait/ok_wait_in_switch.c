/*
 * Good: a switch over the status of the deregister call; the wait is under STATUS_PENDING.
 * (Twin: bad_wait_on_failure_status.c)
 */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD rook_unload;

static HANDLE rook_handle;
static const NPIID rook_npi = { 0xf5eef0c8, 0xd6fa, 0x4bef, { 0x85, 0xed, 0xe8, 0xf3, 0x1c, 0x6a, 0x0c, 0x9c } };
static const NPI_MODULEID rook_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0x1db6675d, 0xb7a2, 0x4ab9, { 0x80, 0x15, 0x38, 0xcc, 0xe5, 0x9b, 0x7d, 0x12 } },
};
static const ULONG rook_dispatch[2] = { 3, 0 };
static volatile LONG rook_clients;

static NTSTATUS NTAPI rook_attach_client(HANDLE binding, PVOID provider_context, PNPI_REGISTRATION_INSTANCE client, PVOID client_context,
                                        const VOID *client_dispatch, PVOID *binding_context, const VOID **dispatch)
{
    (void)binding; (void)provider_context; (void)client; (void)client_context; (void)client_dispatch;
    InterlockedIncrement(&rook_clients);
    *binding_context = (PVOID)&rook_clients;
    *dispatch = rook_dispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI rook_detach_client(PVOID binding_context)
{
    InterlockedDecrement((volatile LONG *)binding_context);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS rook_provider = {
    .Length = sizeof(NPI_PROVIDER_CHARACTERISTICS),
    .ProviderAttachClient = rook_attach_client,
    .ProviderDetachClient = rook_detach_client,
    .ProviderRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &rook_npi, .ModuleId = &rook_module },
};

void NTAPI rook_unload(PDRIVER_OBJECT driver)
{
    NTSTATUS status;

    (void)driver;
    status = NmrDeregisterProvider(rook_handle);
    switch (status) {
    case STATUS_PENDING:
        NmrWaitForProviderDeregisterComplete(rook_handle);
        break;
    default:
        DbgPrintEx(DPFLTR_IHVDRIVER_ID, DPFLTR_ERROR_LEVEL, "rook: 0x%08lx\n", status);
        break;
    }
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    NTSTATUS status;

    (void)path;
    status = NmrRegisterProvider(&rook_provider, NULL, &rook_handle);
    if (NT_SUCCESS(status))
        driver->DriverUnload = rook_unload;
    return status;
}
