/*
 * Good: tunnel_destroy waits between the deregister call and the free.
 * (Twin: bad_destroy_frees_unwaited)
 */
#include "tunnel.h"

#define TUNNEL_TAG 'lnuT'

static const ULONG tunnel_dispatch = 1;
static const NPIID tunnel_npi = { 0xc9f21ca8, 0xe2b8, 0x4a2c, { 0x86, 0x02, 0x88, 0xac, 0x7c, 0x6e, 0xe2, 0x84 } };

static NTSTATUS NTAPI tunnel_attach(HANDLE binding, PVOID context, PNPI_REGISTRATION_INSTANCE instance)
{
    struct tunnel *t = context;

    (void)instance;
    InterlockedIncrement(&t->bindings);
    return NmrClientAttachProvider(binding, t, &tunnel_dispatch, &t->peer_context, &t->peer_dispatch);
}

static NTSTATUS NTAPI tunnel_detach(PVOID binding_context)
{
    struct tunnel *t = binding_context;

    InterlockedDecrement(&t->bindings);
    return STATUS_SUCCESS;
}

NTSTATUS tunnel_create(ULONG luid, struct tunnel **out)
{
    struct tunnel *t = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*t), TUNNEL_TAG);
    NTSTATUS status;

    if (t == NULL)
        return STATUS_INSUFFICIENT_RESOURCES;
    t->module.Length = sizeof(t->module);
    t->module.Type = MIT_IF_LUID;
    t->module.IfLuid.LowPart = luid;
    t->chars.Length = sizeof(t->chars);
    t->chars.ClientAttachProvider = tunnel_attach;
    t->chars.ClientDetachProvider = tunnel_detach;
    t->chars.ClientRegistrationInstance.Size = sizeof(t->chars.ClientRegistrationInstance);
    t->chars.ClientRegistrationInstance.NpiId = &tunnel_npi;
    t->chars.ClientRegistrationInstance.ModuleId = &t->module;

    status = NmrRegisterClient(&t->chars, t, &t->nmr);
    if (NT_SUCCESS(status))
        *out = t;
    else
        ExFreePoolWithTag(t, TUNNEL_TAG);
    return status;
}

void tunnel_destroy(struct tunnel *tunnel)
{
    NTSTATUS status = NmrDeregisterClient(tunnel->nmr);

    NT_ASSERT(status == STATUS_PENDING);
    UNREFERENCED_PARAMETER(status);
    NmrWaitForClientDeregisterComplete(tunnel->nmr);
    ExFreePoolWithTag(tunnel, TUNNEL_TAG);
}
