/* talus: a helper lets the caller's lock go around a call up the stack and takes it again, on some of its paths. */
#include <ntddk.h>

typedef struct talus_ring {
    KSPIN_LOCK lock;
    ULONG produced, consumed;
    BOOLEAN can_pend;
} talus_ring_t;

static talus_ring_t talus_ring;

typedef VOID talus_indicate_t(ULONG count);
static talus_indicate_t *talus_indicate;

static VOID
talus_indicate_unlocked(KSPIN_LOCK *lock, ULONG count)
{
    if (count != 0) {
        KeReleaseSpinLockFromDpcLevel(lock);
        talus_indicate(count);
        KeAcquireSpinLockAtDpcLevel(lock);
    }
}

static VOID
talus_process(talus_ring_t *ring)
{
    while (ring->consumed != ring->produced) {
        ring->consumed++;
        if (!ring->can_pend)
            talus_indicate_unlocked(&ring->lock, ring->consumed);
    }
}

static KDEFERRED_ROUTINE talus_dpc;

static VOID NTAPI
talus_dpc(PKDPC dpc, PVOID context, PVOID a, PVOID b)
{
    talus_ring_t *ring = context;

    UNREFERENCED_PARAMETER(dpc);
    UNREFERENCED_PARAMETER(a);
    UNREFERENCED_PARAMETER(b);
    KeAcquireSpinLockAtDpcLevel(&ring->lock);
    talus_process(ring);
    KeReleaseSpinLockFromDpcLevel(&ring->lock);
}

static KDPC talus_dpc_object;

static VOID NTAPI
talus_unload(PDRIVER_OBJECT driver)
{
    UNREFERENCED_PARAMETER(driver);
    KeRemoveQueueDpc(&talus_dpc_object);
    KeFlushQueuedDpcs();
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    UNREFERENCED_PARAMETER(path);
    KeInitializeSpinLock(&talus_ring.lock);
    KeInitializeDpc(&talus_dpc_object, talus_dpc, &talus_ring);
    driver->DriverUnload = talus_unload;
    return STATUS_SUCCESS;
}
