/*
 * Good: the deregister call is made through a function pointer of an operations table, before the wait.
 */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD hazel_unload;

struct hazel_ops {
    NTSTATUS (*begin)(HANDLE *handle);
    NTSTATUS (*close)(HANDLE handle);
    NTSTATUS (*join)(HANDLE handle);
};

static const NPIID hazel_npi = { 0xdb7ed056, 0x2713, 0x4357, { 0x8e, 0x79, 0xd0, 0x41, 0xac, 0xc3, 0xdf, 0x47 } };
static const NPI_MODULEID hazel_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0xb669847b, 0xabbb, 0x452b, { 0x84, 0x66, 0x2d, 0xa3, 0x6c, 0x19, 0x49, 0x76 } },
};
static const ULONG hazel_dispatch[2] = { 1, 0 };
static volatile LONG hazel_clients;

static NTSTATUS NTAPI hazel_attach_client(HANDLE binding, PVOID provider_context, PNPI_REGISTRATION_INSTANCE client, PVOID client_context,
                                        const VOID *client_dispatch, PVOID *binding_context, const VOID **dispatch)
{
    (void)binding; (void)provider_context; (void)client; (void)client_context; (void)client_dispatch;
    InterlockedIncrement(&hazel_clients);
    *binding_context = (PVOID)&hazel_clients;
    *dispatch = hazel_dispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI hazel_detach_client(PVOID binding_context)
{
    InterlockedDecrement((volatile LONG *)binding_context);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS hazel_provider = {
    .Length = sizeof(NPI_PROVIDER_CHARACTERISTICS),
    .ProviderAttachClient = hazel_attach_client,
    .ProviderDetachClient = hazel_detach_client,
    .ProviderRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &hazel_npi, .ModuleId = &hazel_module },
};

static NTSTATUS hazel_begin(HANDLE *handle)
{
    return NmrRegisterProvider(&hazel_provider, NULL, handle);
}

static NTSTATUS hazel_close(HANDLE handle)
{
    return NmrDeregisterProvider(handle);
}

static NTSTATUS hazel_join(HANDLE handle)
{
    return NmrWaitForProviderDeregisterComplete(handle);
}

static const struct hazel_ops hazel_ops = { .begin = hazel_begin, .close = hazel_close, .join = hazel_join };
static const struct hazel_ops *ops = &hazel_ops;
static HANDLE hazel_handle;

void NTAPI hazel_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    if (ops->close(hazel_handle) == STATUS_PENDING)
        ops->join(hazel_handle);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    (void)path;
    driver->DriverUnload = hazel_unload;
    return ops->begin(&hazel_handle);
}
