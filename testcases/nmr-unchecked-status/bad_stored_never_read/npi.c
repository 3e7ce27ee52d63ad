/* Begins and ends the registration; its outcome goes into the state. */
#include "state.h"

static const NPIID jasper_cb_npi = { 0xbf7abdf1, 0xf2e3, 0x4515, { 0x86, 0xbd, 0x16, 0x44, 0xd9, 0x6c, 0x48, 0x1e } };
static const NPI_MODULEID jasper_cb_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0xd1a79974, 0x8286, 0x42a6, { 0x8d, 0x1b, 0xf4, 0xd6, 0x69, 0x70, 0x90, 0xe2 } },
};
static const ULONG jasper_cb_dispatch = 3;
static struct { PVOID context; const VOID *dispatch; } jasper_cb_peer;

static NTSTATUS NTAPI jasper_cb_attach(HANDLE binding, PVOID context, PNPI_REGISTRATION_INSTANCE instance)
{
    (void)context;
    (void)instance;
    return NmrClientAttachProvider(binding, &jasper_cb_peer, &jasper_cb_dispatch, &jasper_cb_peer.context, &jasper_cb_peer.dispatch);
}

static NTSTATUS NTAPI jasper_cb_detach(PVOID binding_context)
{
    (void)binding_context;
    jasper_cb_peer.dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS jasper_cb_client = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = jasper_cb_attach,
    .ClientDetachProvider = jasper_cb_detach,
    .ClientRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &jasper_cb_npi, .ModuleId = &jasper_cb_module },
};

struct jasper jasper;

void npi_begin(struct jasper *j)
{
    j->npi_status = NmrRegisterClient(&jasper_cb_client, NULL, &j->handle); // EXPECT: nmr-unchecked-status
}

void npi_end(struct jasper *j)
{
    if (NmrDeregisterClient(j->handle) == STATUS_PENDING)
        NmrWaitForClientDeregisterComplete(j->handle);
}
