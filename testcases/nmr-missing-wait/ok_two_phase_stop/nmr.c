/* A client and a provider; stopping has two phases. */
#include "nmr.h"

static const NPIID down_npi = { 0x74e8333a, 0xd116, 0x485f, { 0x3b, 0xda, 0xe5, 0x89, 0xc8, 0xf6, 0xe3, 0x4d } };
static const NPI_MODULEID down_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0xd95796b6, 0x204e, 0x4e00, { 0x10, 0x5b, 0xb3, 0x37, 0x67, 0x8a, 0x70, 0xa8 } },
};
static const ULONG down_dispatch = 1;
static struct { PVOID context; const VOID *dispatch; } down_peer;

static NTSTATUS NTAPI down_attach(HANDLE binding, PVOID context, PNPI_REGISTRATION_INSTANCE provider)
{
    (void)context;
    (void)provider;
    return NmrClientAttachProvider(binding, &down_peer, &down_dispatch, &down_peer.context, &down_peer.dispatch);
}

static NTSTATUS NTAPI down_detach(PVOID binding_context)
{
    (void)binding_context;
    down_peer.dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS down_chars = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = down_attach,
    .ClientDetachProvider = down_detach,
    .ClientRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &down_npi, .ModuleId = &down_module },
};
static const NPIID up_npi = { 0x46c48bec, 0x0d28, 0x4201, { 0xb9, 0xd1, 0x67, 0xee, 0xf7, 0x71, 0x1b, 0x2c } };
static const NPI_MODULEID up_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0x287aefcf, 0x7af1, 0x4a0d, { 0x9b, 0xc7, 0xc9, 0x14, 0xa0, 0x08, 0x04, 0xb1 } },
};
static const ULONG up_dispatch[2] = { 8, 1 };
static volatile LONG up_clients;

static NTSTATUS NTAPI up_attach(HANDLE binding, PVOID context, PNPI_REGISTRATION_INSTANCE client, PVOID client_context,
                                 const VOID *client_dispatch, PVOID *binding_context, const VOID **dispatch)
{
    (void)binding; (void)context; (void)client; (void)client_context; (void)client_dispatch;
    InterlockedIncrement(&up_clients);
    *binding_context = NULL;
    *dispatch = up_dispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI up_detach(PVOID binding_context)
{
    (void)binding_context;
    InterlockedDecrement(&up_clients);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS up_chars = {
    .Length = sizeof(NPI_PROVIDER_CHARACTERISTICS),
    .ProviderAttachClient = up_attach,
    .ProviderDetachClient = up_detach,
    .ProviderRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &up_npi, .ModuleId = &up_module },
};

static HANDLE client_handle, provider_handle;
static BOOLEAN client_pending, provider_pending;

NTSTATUS nmr_start(void)
{
    NTSTATUS status;

    status = NmrRegisterClient(&down_chars, NULL, &client_handle);
    if (!NT_SUCCESS(status))
        return status;
    status = NmrRegisterProvider(&up_chars, NULL, &provider_handle);
    if (!NT_SUCCESS(status)) {
        if (NmrDeregisterClient(client_handle) == STATUS_PENDING)
            NmrWaitForClientDeregisterComplete(client_handle);
    }
    return status;
}

void nmr_begin_stop(void)
{
    provider_pending = NmrDeregisterProvider(provider_handle) == STATUS_PENDING;
    client_pending = NmrDeregisterClient(client_handle) == STATUS_PENDING;
}

void nmr_finish_stop(void)
{
    if (provider_pending)
        NmrWaitForProviderDeregisterComplete(provider_handle);
    if (client_pending)
        NmrWaitForClientDeregisterComplete(client_handle);
}
