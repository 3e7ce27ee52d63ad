#include "core.h"

static const NPIID core_npi = { 0xa74ad8df, 0xacd4, 0x4f98, { 0xeb, 0x39, 0x77, 0x51, 0x76, 0x15, 0xce, 0x25 } };
static const NPI_MODULEID core_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0xedf86d7f, 0x4052, 0x4607, { 0xc5, 0x4f, 0xb8, 0x72, 0x4b, 0xa9, 0xf4, 0xf7 } },
};
static const ULONG core_dispatch = 1;
static struct { PVOID context; const VOID *dispatch; } core_peer;

static NTSTATUS NTAPI core_attach(HANDLE binding, PVOID context, PNPI_REGISTRATION_INSTANCE provider)
{
    (void)context;
    (void)provider;
    return NmrClientAttachProvider(binding, &core_peer, &core_dispatch, &core_peer.context, &core_peer.dispatch);
}

static NTSTATUS NTAPI core_detach(PVOID binding_context)
{
    (void)binding_context;
    core_peer.dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS core_chars = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = core_attach,
    .ClientDetachProvider = core_detach,
    .ClientRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &core_npi, .ModuleId = &core_module },
};

struct core core;

void core_register(struct core *c)
{
    c->status = NmrRegisterClient(&core_chars, NULL, &c->nmr);
}

NTSTATUS core_result(const struct core *c)
{
    RETURN_STATUS(c->status);
}

void core_end(struct core *c)
{
    if (NmrDeregisterClient(c->nmr) == STATUS_PENDING)
        NmrWaitForClientDeregisterComplete(c->nmr);
}
