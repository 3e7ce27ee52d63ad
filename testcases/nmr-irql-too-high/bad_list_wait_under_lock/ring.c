#include "ring.h"

#define RING_TAG 'gniR'

static KSPIN_LOCK ring_lock;
static LIST_ENTRY ring_list;

static const NPIID ring_npi_id = { 0xefc333a4, 0x340a, 0x4446, { 0x34, 0x7b, 0x84, 0x92, 0x86, 0x87, 0x9b, 0xfd } };
static const NPI_MODULEID ring_module_id = {
    .Length = sizeof(NPI_MODULEID),
    .Type = MIT_GUID,
    .Guid = { 0xbadc945f, 0xd3e9, 0x41ae, { 0x1a, 0xfe, 0x8e, 0x3c, 0x40, 0x24, 0xc4, 0xda } }
};

static NTSTATUS NTAPI
ring_attach(HANDLE nmr_handle, PVOID context, PNPI_REGISTRATION_INSTANCE instance)
{
    ring_t *ring = context;

    if (instance->Number != ring->number)
        return STATUS_NOINTERFACE;
    return NmrClientAttachProvider(nmr_handle, ring, NULL, &ring->provider, &ring->dispatch);
}

static NTSTATUS NTAPI
ring_detach(PVOID context)
{
    ((ring_t *)context)->dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS ring_characteristics = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = ring_attach,
    .ClientDetachProvider = ring_detach,
    .ClientRegistrationInstance = {
        .Size = sizeof(NPI_REGISTRATION_INSTANCE),
        .NpiId = &ring_npi_id,
        .ModuleId = &ring_module_id,
    },
};

void
ring_init(void)
{
    KeInitializeSpinLock(&ring_lock);
    InitializeListHead(&ring_list);
}

NTSTATUS
ring_add(ULONG number)
{
    ring_t *ring = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*ring), RING_TAG);
    NTSTATUS status;

    if (ring == NULL)
        return STATUS_INSUFFICIENT_RESOURCES;
    ring->number = number;
    status = NmrRegisterClient(&ring_characteristics, ring, &ring->nmr);
    if (!NT_SUCCESS(status)) {
        ExFreePoolWithTag(ring, RING_TAG);
        return status;
    }
    ExInterlockedInsertTailList(&ring_list, &ring->link, &ring_lock);
    return STATUS_SUCCESS;
}

static void
ring_end(ring_t *ring)
{
    NTSTATUS status = NmrDeregisterClient(ring->nmr);

    if (status == STATUS_PENDING)
        NmrWaitForClientDeregisterComplete(ring->nmr); // EXPECT: nmr-irql-too-high
    ExFreePoolWithTag(ring, RING_TAG);
}

void
ring_end_all(void)
{
    PLIST_ENTRY entry;
    KIRQL irql;

    KeAcquireSpinLock(&ring_lock, &irql);
    while (!IsListEmpty(&ring_list)) {
        entry = RemoveHeadList(&ring_list);
        ring_end(CONTAINING_RECORD(entry, ring_t, link));
    }
    KeReleaseSpinLock(&ring_lock, irql);
}
