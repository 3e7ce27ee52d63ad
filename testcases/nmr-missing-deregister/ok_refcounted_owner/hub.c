/*
 * Good: the owner of the registration is reference counted. Whoever drops the last reference ends the registration and
 * frees the owner.
 */
#include "hub.h"

#define HUB_TAG ' buH'

static const NPIID plover_npi = { 0x04e4e45b, 0xf7b4, 0x44de, { 0x89, 0xaa, 0x12, 0x27, 0x76, 0xf4, 0xa2, 0x5e } };
static const NPI_MODULEID plover_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0xe0bc52a7, 0x939a, 0x40cd, { 0x80, 0x8b, 0xfa, 0x30, 0x2b, 0x25, 0x35, 0x4d } },
};
static const ULONG plover_dispatch = 1;
static struct { PVOID context; const VOID *dispatch; } plover_peer;

static NTSTATUS NTAPI plover_attach(HANDLE binding, PVOID context, PNPI_REGISTRATION_INSTANCE instance)
{
    (void)context;
    (void)instance;
    return NmrClientAttachProvider(binding, &plover_peer, &plover_dispatch, &plover_peer.context, &plover_peer.dispatch);
}

static NTSTATUS NTAPI plover_detach(PVOID binding_context)
{
    (void)binding_context;
    plover_peer.dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS plover_client = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = plover_attach,
    .ClientDetachProvider = plover_detach,
    .ClientRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &plover_npi, .ModuleId = &plover_module },
};

NTSTATUS hub_create(struct hub **out)
{
    struct hub *hub = ExAllocatePoolWithTag(NonPagedPoolNx, sizeof(*hub), HUB_TAG);
    NTSTATUS status;

    if (hub == NULL)
        return STATUS_NO_MEMORY;
    hub->references = 1;
    hub->handle = NULL;
    status = NmrRegisterClient(&plover_client, NULL, &hub->handle);
    if (!NT_SUCCESS(status)) {
        ExFreePoolWithTag(hub, HUB_TAG);
        return status;
    }
    *out = hub;
    return STATUS_SUCCESS;
}

void hub_get(struct hub *hub)
{
    InterlockedIncrement(&hub->references);
}

void hub_put(struct hub *hub)
{
    if (InterlockedDecrement(&hub->references) != 0)
        return;
    if (NmrDeregisterClient(hub->handle) == STATUS_PENDING)
        NmrWaitForClientDeregisterComplete(hub->handle);
    ExFreePoolWithTag(hub, HUB_TAG);
}
