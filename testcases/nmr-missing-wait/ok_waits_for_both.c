/*
 * Good: client and provider are deregistered first, both, and then waited for, both.
 * (Twin: bad_waits_for_one_of_two.c)
 */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD nuthatch_unload;

static struct {
    HANDLE below;
    HANDLE above;
} nuthatch;

static const NPIID nuthatch_below_npi = { 0x558c4d72, 0x12cc, 0x4896, { 0x8f, 0xfb, 0x24, 0x93, 0x9a, 0xcf, 0x03, 0xb0 } };
static const NPI_MODULEID nuthatch_below_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0x21e4f3bb, 0xdada, 0x48c7, { 0x84, 0x15, 0x36, 0x66, 0x8c, 0x81, 0xdf, 0xe0 } },
};
static const ULONG nuthatch_below_dispatch = 1;
static struct { PVOID context; const VOID *dispatch; } nuthatch_below_peer;

static NTSTATUS NTAPI nuthatch_below_attach(HANDLE binding, PVOID context, PNPI_REGISTRATION_INSTANCE instance)
{
    (void)context;
    (void)instance;
    return NmrClientAttachProvider(binding, &nuthatch_below_peer, &nuthatch_below_dispatch, &nuthatch_below_peer.context, &nuthatch_below_peer.dispatch);
}

static NTSTATUS NTAPI nuthatch_below_detach(PVOID binding_context)
{
    (void)binding_context;
    nuthatch_below_peer.dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS nuthatch_below_client = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = nuthatch_below_attach,
    .ClientDetachProvider = nuthatch_below_detach,
    .ClientRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &nuthatch_below_npi, .ModuleId = &nuthatch_below_module },
};
static const NPIID nuthatch_above_npi = { 0xffaac0d7, 0x5825, 0x43f1, { 0x80, 0xe1, 0xe4, 0xde, 0x66, 0x0f, 0x9a, 0xf1 } };
static const NPI_MODULEID nuthatch_above_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0x74eb393e, 0x7b08, 0x4b6c, { 0x8d, 0xe0, 0x78, 0x4d, 0xa6, 0x2d, 0xff, 0x90 } },
};
static const ULONG nuthatch_above_dispatch[2] = { 7, 0 };
static volatile LONG nuthatch_above_clients;

static NTSTATUS NTAPI nuthatch_above_attach_client(HANDLE binding, PVOID provider_context, PNPI_REGISTRATION_INSTANCE client, PVOID client_context,
                                        const VOID *client_dispatch, PVOID *binding_context, const VOID **dispatch)
{
    (void)binding; (void)provider_context; (void)client; (void)client_context; (void)client_dispatch;
    InterlockedIncrement(&nuthatch_above_clients);
    *binding_context = (PVOID)&nuthatch_above_clients;
    *dispatch = nuthatch_above_dispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI nuthatch_above_detach_client(PVOID binding_context)
{
    InterlockedDecrement((volatile LONG *)binding_context);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS nuthatch_above_provider = {
    .Length = sizeof(NPI_PROVIDER_CHARACTERISTICS),
    .ProviderAttachClient = nuthatch_above_attach_client,
    .ProviderDetachClient = nuthatch_above_detach_client,
    .ProviderRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &nuthatch_above_npi, .ModuleId = &nuthatch_above_module },
};

void NTAPI nuthatch_unload(PDRIVER_OBJECT driver)
{
    NTSTATUS client_status, provider_status;

    (void)driver;
    client_status = NmrDeregisterClient(nuthatch.below);
    provider_status = NmrDeregisterProvider(nuthatch.above);

    NT_ASSERT(client_status == STATUS_PENDING && provider_status == STATUS_PENDING);
    if (client_status == STATUS_PENDING)
        NmrWaitForClientDeregisterComplete(nuthatch.below);
    if (provider_status == STATUS_PENDING)
        NmrWaitForProviderDeregisterComplete(nuthatch.above);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    NTSTATUS status;

    (void)path;
    status = NmrRegisterClient(&nuthatch_below_client, NULL, &nuthatch.below);
    if (!NT_SUCCESS(status))
        return status;
    status = NmrRegisterProvider(&nuthatch_above_provider, NULL, &nuthatch.above);
    if (!NT_SUCCESS(status)) {
        if (NmrDeregisterClient(nuthatch.below) == STATUS_PENDING)
            NmrWaitForClientDeregisterComplete(nuthatch.below);
        return status;
    }
    driver->DriverUnload = nuthatch_unload;
    return STATUS_SUCCESS;
}
