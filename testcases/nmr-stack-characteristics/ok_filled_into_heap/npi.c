/* Filling, registering, ending: in that order, with memory that the caller provides. */
#include "npi.h"

static const NPIID starling_npi = { 0xdadbe423, 0xe343, 0x4dc1, { 0x85, 0x32, 0xd1, 0x84, 0x70, 0xb8, 0x94, 0x80 } };
static const NPI_MODULEID starling_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0xb79813a6, 0xb130, 0x4023, { 0x89, 0x44, 0x0b, 0xa8, 0x81, 0x70, 0x43, 0xa2 } },
};
static const ULONG starling_dispatch = 2;
static struct { PVOID context; const VOID *dispatch; } starling_peer;

static NTSTATUS NTAPI starling_attach(HANDLE binding, PVOID context, PNPI_REGISTRATION_INSTANCE instance)
{
    (void)context;
    (void)instance;
    return NmrClientAttachProvider(binding, &starling_peer, &starling_dispatch, &starling_peer.context, &starling_peer.dispatch);
}

static NTSTATUS NTAPI starling_detach(PVOID binding_context)
{
    (void)binding_context;
    starling_peer.dispatch = NULL;
    return STATUS_SUCCESS;
}

void npi_fill(NPI_CLIENT_CHARACTERISTICS *chars, USHORT version)
{
    RtlZeroMemory(chars, sizeof(*chars));
    chars->Version = version;
    chars->Length = sizeof(*chars);
    chars->ClientAttachProvider = starling_attach;
    chars->ClientDetachProvider = starling_detach;
    chars->ClientRegistrationInstance.Size = sizeof(NPI_REGISTRATION_INSTANCE);
    chars->ClientRegistrationInstance.NpiId = &starling_npi;
    chars->ClientRegistrationInstance.ModuleId = &starling_module;
}

NTSTATUS npi_begin(const NPI_CLIENT_CHARACTERISTICS *chars, HANDLE *handle)
{
    return NmrRegisterClient(chars, NULL, handle);
}

void npi_end(HANDLE handle)
{
    if (NmrDeregisterClient(handle) == STATUS_PENDING)
        NmrWaitForClientDeregisterComplete(handle);
}
