/* The left half: a client. Its statics have the same names as those of the right half. */
#include "parts.h"

static const NPIID half_npi = { 0xe1d6b57f, 0x91a7, 0x4109, { 0x8b, 0x78, 0x97, 0x51, 0x6b, 0x57, 0x1e, 0x20 } };
static const NPI_MODULEID half_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0x5e07b17a, 0xb7ec, 0x47e8, { 0x8d, 0x7d, 0x39, 0x2b, 0x13, 0xb0, 0x21, 0x1c } },
};
static const ULONG half_dispatch = 2;
static struct { PVOID context; const VOID *dispatch; } half_peer;

static NTSTATUS NTAPI half_attach(HANDLE binding, PVOID context, PNPI_REGISTRATION_INSTANCE instance)
{
    (void)context;
    (void)instance;
    return NmrClientAttachProvider(binding, &half_peer, &half_dispatch, &half_peer.context, &half_peer.dispatch);
}

static NTSTATUS NTAPI half_detach(PVOID binding_context)
{
    (void)binding_context;
    half_peer.dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS half_client = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = half_attach,
    .ClientDetachProvider = half_detach,
    .ClientRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &half_npi, .ModuleId = &half_module },
};

static HANDLE handle;

static void stop(void)
{
    if (NmrDeregisterClient(handle) == STATUS_PENDING)
        NmrWaitForClientDeregisterComplete(handle);
}

NTSTATUS left_start(void)
{
    return NmrRegisterClient(&half_client, NULL, &handle);
}

void left_stop(void)
{
    stop();
}
