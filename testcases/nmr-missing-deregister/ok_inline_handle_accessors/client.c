#include "handle.h"

static const NPIID samba_npi = { 0x65575d07, 0x66c8, 0x49ce, { 0x03, 0x96, 0x79, 0x95, 0xf7, 0x6c, 0x41, 0xd2 } };
static const NPI_MODULEID samba_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0x266ba94e, 0xb81e, 0x4ef0, { 0xfc, 0xf8, 0x34, 0xdb, 0x5d, 0x3a, 0x27, 0xf3 } },
};
static const ULONG samba_dispatch = 1;
static struct { PVOID context; const VOID *dispatch; } samba_peer;

static NTSTATUS NTAPI samba_attach(HANDLE binding, PVOID context, PNPI_REGISTRATION_INSTANCE provider)
{
    (void)context;
    (void)provider;
    return NmrClientAttachProvider(binding, &samba_peer, &samba_dispatch, &samba_peer.context, &samba_peer.dispatch);
}

static NTSTATUS NTAPI samba_detach(PVOID binding_context)
{
    (void)binding_context;
    samba_peer.dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS samba_chars = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = samba_attach,
    .ClientDetachProvider = samba_detach,
    .ClientRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &samba_npi, .ModuleId = &samba_module },
};

NTSTATUS client_open(client_handle_t *handle)
{
    NTSTATUS status = NmrRegisterClient(&samba_chars, NULL, &handle->value);

    if (!NT_SUCCESS(status))
        *handle = client_handle_none();
    return status;
}

void client_close(client_handle_t *handle)
{
    NTSTATUS status;

    if (!client_handle_valid(*handle))
        return;
    status = NmrDeregisterClient(HANDLE_OF(*handle));
    NT_FRE_ASSERT(status == STATUS_PENDING);
    status = NmrWaitForClientDeregisterComplete(HANDLE_OF(*handle));
    NT_FRE_ASSERT(NT_SUCCESS(status));
    *handle = client_handle_none();
}
