/* A thin layer over the client registration; the caller keeps the handle. */
#include "bus.h"

static const NPIID kite_npi = { 0x5833379f, 0x846d, 0x4a9e, { 0x8b, 0x89, 0xbf, 0x3c, 0x60, 0xdc, 0xb0, 0xed } };
static const NPI_MODULEID kite_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0x89b65050, 0x9062, 0x41b4, { 0x8f, 0x67, 0xaa, 0x3a, 0x08, 0x7f, 0x52, 0xe1 } },
};
static const ULONG kite_dispatch = 9;
static struct { PVOID context; const VOID *dispatch; } kite_peer;

static NTSTATUS NTAPI kite_attach(HANDLE binding, PVOID context, PNPI_REGISTRATION_INSTANCE instance)
{
    (void)context;
    (void)instance;
    return NmrClientAttachProvider(binding, &kite_peer, &kite_dispatch, &kite_peer.context, &kite_peer.dispatch);
}

static NTSTATUS NTAPI kite_detach(PVOID binding_context)
{
    (void)binding_context;
    kite_peer.dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS kite_client = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = kite_attach,
    .ClientDetachProvider = kite_detach,
    .ClientRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &kite_npi, .ModuleId = &kite_module },
};

NTSTATUS bus_attach(HANDLE *handle)
{
    *handle = NULL;
    return NmrRegisterClient(&kite_client, NULL, handle);
}

void bus_detach(HANDLE handle)
{
    if (handle == NULL)
        return;
    if (NmrDeregisterClient(handle) == STATUS_PENDING)
        NmrWaitForClientDeregisterComplete(handle);
}
