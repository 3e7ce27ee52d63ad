/*
 * Good: the status is returned through macros that log it on the way, by value and by label.
 */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD ruby_unload;

static NTSTATUS ruby_log(NTSTATUS status, const char *function, int line)
{
    if (!NT_SUCCESS(status))
        DbgPrintEx(DPFLTR_IHVDRIVER_ID, DPFLTR_ERROR_LEVEL, "%s:%d: 0x%08lx\n", function, line, status);
    return status;
}

#define RETURN_STATUS(s)  return ruby_log((s), __FUNCTION__, __LINE__)
#define BAIL_ON_ERROR(s)  do { status = (s); if (status < 0) goto bail; } while (0)

static HANDLE ruby_upper, ruby_lower;
static const NPIID ruby_top_npi = { 0xe19dfc6b, 0x1a8b, 0x406c, { 0x8f, 0x19, 0x59, 0x9a, 0xe2, 0x2b, 0xc7, 0x77 } };
static const NPI_MODULEID ruby_top_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0xa6489d48, 0x6bb2, 0x4e50, { 0x8a, 0x7e, 0xc2, 0xdb, 0x85, 0xe1, 0x50, 0xfb } },
};
static const ULONG ruby_top_dispatch[2] = { 4, 0 };
static volatile LONG ruby_top_clients;

static NTSTATUS NTAPI ruby_top_attach_client(HANDLE binding, PVOID provider_context, PNPI_REGISTRATION_INSTANCE client, PVOID client_context,
                                        const VOID *client_dispatch, PVOID *binding_context, const VOID **dispatch)
{
    (void)binding; (void)provider_context; (void)client; (void)client_context; (void)client_dispatch;
    InterlockedIncrement(&ruby_top_clients);
    *binding_context = (PVOID)&ruby_top_clients;
    *dispatch = ruby_top_dispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI ruby_top_detach_client(PVOID binding_context)
{
    InterlockedDecrement((volatile LONG *)binding_context);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS ruby_top_provider = {
    .Length = sizeof(NPI_PROVIDER_CHARACTERISTICS),
    .ProviderAttachClient = ruby_top_attach_client,
    .ProviderDetachClient = ruby_top_detach_client,
    .ProviderRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &ruby_top_npi, .ModuleId = &ruby_top_module },
};
static const NPIID ruby_base_npi = { 0xca90a337, 0xb08f, 0x46f5, { 0x89, 0x76, 0xaf, 0x6c, 0x30, 0xce, 0x21, 0x12 } };
static const NPI_MODULEID ruby_base_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0xf75ac3e0, 0x6827, 0x4a73, { 0x83, 0x63, 0x15, 0x3a, 0x62, 0x67, 0x47, 0x61 } },
};
static const ULONG ruby_base_dispatch = 1;
static struct { PVOID context; const VOID *dispatch; } ruby_base_peer;

static NTSTATUS NTAPI ruby_base_attach(HANDLE binding, PVOID context, PNPI_REGISTRATION_INSTANCE instance)
{
    (void)context;
    (void)instance;
    return NmrClientAttachProvider(binding, &ruby_base_peer, &ruby_base_dispatch, &ruby_base_peer.context, &ruby_base_peer.dispatch);
}

static NTSTATUS NTAPI ruby_base_detach(PVOID binding_context)
{
    (void)binding_context;
    ruby_base_peer.dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS ruby_base_client = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = ruby_base_attach,
    .ClientDetachProvider = ruby_base_detach,
    .ClientRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &ruby_base_npi, .ModuleId = &ruby_base_module },
};

static NTSTATUS ruby_offer(void)
{
    RETURN_STATUS(NmrRegisterProvider(&ruby_top_provider, NULL, &ruby_upper));
}

static void ruby_withdraw(void)
{
    NmrDeregisterProvider(ruby_upper);
    NmrWaitForProviderDeregisterComplete(ruby_upper);
}

void NTAPI ruby_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    NmrDeregisterClient(ruby_lower);
    NmrWaitForClientDeregisterComplete(ruby_lower);
    ruby_withdraw();
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    BOOLEAN offered = FALSE;
    NTSTATUS status;

    (void)path;
    BAIL_ON_ERROR(ruby_offer());
    offered = TRUE;
    BAIL_ON_ERROR(NmrRegisterClient(&ruby_base_client, NULL, &ruby_lower));
    driver->DriverUnload = ruby_unload;
    RETURN_STATUS(status);

bail:
    if (offered)
        ruby_withdraw();
    RETURN_STATUS(status);
}
