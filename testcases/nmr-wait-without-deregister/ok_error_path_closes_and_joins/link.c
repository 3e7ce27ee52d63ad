/* The two halves of the end of a client are functions of their own. */
#include "link.h"

static const NPIID cedar_npi = { 0xabd6cce5, 0x76fa, 0x4659, { 0x8b, 0xb8, 0x0f, 0x1f, 0xf7, 0x9f, 0x7a, 0xf0 } };
static const NPI_MODULEID cedar_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0xfe3ed92d, 0x4105, 0x4a16, { 0x81, 0x4b, 0x68, 0x68, 0x72, 0x85, 0x24, 0xc0 } },
};
static const ULONG cedar_dispatch = 1;
static struct { PVOID context; const VOID *dispatch; } cedar_peer;

static NTSTATUS NTAPI cedar_attach(HANDLE binding, PVOID context, PNPI_REGISTRATION_INSTANCE instance)
{
    (void)context;
    (void)instance;
    return NmrClientAttachProvider(binding, &cedar_peer, &cedar_dispatch, &cedar_peer.context, &cedar_peer.dispatch);
}

static NTSTATUS NTAPI cedar_detach(PVOID binding_context)
{
    (void)binding_context;
    cedar_peer.dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS cedar_client = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = cedar_attach,
    .ClientDetachProvider = cedar_detach,
    .ClientRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &cedar_npi, .ModuleId = &cedar_module },
};

NTSTATUS link_open(HANDLE *link)
{
    return NmrRegisterClient(&cedar_client, NULL, link);
}

void link_close(HANDLE link)
{
    NTSTATUS status = NmrDeregisterClient(link);

    NT_ASSERT(status == STATUS_PENDING);
    UNREFERENCED_PARAMETER(status);
}

void link_join(HANDLE link)
{
    NmrWaitForClientDeregisterComplete(link);
}
