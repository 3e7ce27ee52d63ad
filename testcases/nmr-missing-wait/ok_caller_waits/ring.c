/* Good: the deregister call and the wait are in two functions; all callers call both. */
#include "ring.h"

static const NPIID ring_npi_npi = { 0x5cfacc66, 0x40b1, 0x4390, { 0x83, 0xb5, 0xc1, 0x05, 0x93, 0x6e, 0x0d, 0xeb } };
static const NPI_MODULEID ring_npi_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0x84aaa145, 0x82ae, 0x4ad4, { 0x80, 0x98, 0x7e, 0x1b, 0xd8, 0xfc, 0xcd, 0xca } },
};
static const ULONG ring_npi_dispatch[2] = { 6, 0 };
static volatile LONG ring_npi_clients;

static NTSTATUS NTAPI ring_npi_attach_client(HANDLE binding, PVOID provider_context, PNPI_REGISTRATION_INSTANCE client, PVOID client_context,
                                        const VOID *client_dispatch, PVOID *binding_context, const VOID **dispatch)
{
    (void)binding; (void)provider_context; (void)client; (void)client_context; (void)client_dispatch;
    InterlockedIncrement(&ring_npi_clients);
    *binding_context = (PVOID)&ring_npi_clients;
    *dispatch = ring_npi_dispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI ring_npi_detach_client(PVOID binding_context)
{
    InterlockedDecrement((volatile LONG *)binding_context);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS ring_npi_provider = {
    .Length = sizeof(NPI_PROVIDER_CHARACTERISTICS),
    .ProviderAttachClient = ring_npi_attach_client,
    .ProviderDetachClient = ring_npi_detach_client,
    .ProviderRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &ring_npi_npi, .ModuleId = &ring_npi_module },
};

NTSTATUS ring_open(struct ring *ring)
{
    ring->closing = FALSE;
    return NmrRegisterProvider(&ring_npi_provider, NULL, &ring->handle);
}

void ring_close(struct ring *ring)
{
    NTSTATUS status = NmrDeregisterProvider(ring->handle);

    ring->closing = (status == STATUS_PENDING);
}

void ring_join(struct ring *ring)
{
    if (ring->closing)
        NmrWaitForProviderDeregisterComplete(ring->handle);
    ring->closing = FALSE;
}
