/*
 * Good: the register call is tried a few times. The loop goes on only after a failure, so there is at most one
 * registration, which unload ends.
 */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD petrel_unload;

static HANDLE petrel_handle;
static const NPIID petrel_npi = { 0x5ff3f4a5, 0x75ea, 0x4277, { 0x89, 0x50, 0x02, 0xf7, 0x6e, 0x98, 0x1f, 0xe6 } };
static const NPI_MODULEID petrel_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0x3627e786, 0x3505, 0x4e1f, { 0x8a, 0x8d, 0x84, 0xa6, 0x20, 0x3f, 0xeb, 0x15 } },
};
static const ULONG petrel_dispatch[2] = { 4, 0 };
static volatile LONG petrel_clients;

static NTSTATUS NTAPI petrel_attach_client(HANDLE binding, PVOID provider_context, PNPI_REGISTRATION_INSTANCE client, PVOID client_context,
                                        const VOID *client_dispatch, PVOID *binding_context, const VOID **dispatch)
{
    (void)binding; (void)provider_context; (void)client; (void)client_context; (void)client_dispatch;
    InterlockedIncrement(&petrel_clients);
    *binding_context = (PVOID)&petrel_clients;
    *dispatch = petrel_dispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI petrel_detach_client(PVOID binding_context)
{
    InterlockedDecrement((volatile LONG *)binding_context);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS petrel_provider = {
    .Length = sizeof(NPI_PROVIDER_CHARACTERISTICS),
    .ProviderAttachClient = petrel_attach_client,
    .ProviderDetachClient = petrel_detach_client,
    .ProviderRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &petrel_npi, .ModuleId = &petrel_module },
};

static NTSTATUS petrel_register(ULONG attempts)
{
    LARGE_INTEGER pause;
    NTSTATUS status;

    pause.QuadPart = -10 * 1000 * 100;
    do {
        status = NmrRegisterProvider(&petrel_provider, NULL, &petrel_handle);
        if (NT_SUCCESS(status))
            break;
        KeDelayExecutionThread(KernelMode, FALSE, &pause);
    } while (--attempts > 0);
    return status;
}

void NTAPI petrel_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    if (NmrDeregisterProvider(petrel_handle) == STATUS_PENDING)
        NmrWaitForProviderDeregisterComplete(petrel_handle);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    (void)path;
    driver->DriverUnload = petrel_unload;
    return petrel_register(3);
}
