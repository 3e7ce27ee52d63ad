/* turnstone: the value is written before the lock is dropped. (Twin: ok_queued_lock_in_struct) */
#include <ntddk.h>

typedef struct _TURNSTONE {
    KSPIN_LOCK Lock;
    ULONG Count;
} TURNSTONE, *PTURNSTONE;

typedef struct _TURNSTONE_HOLD {
    PTURNSTONE Owner;
    KLOCK_QUEUE_HANDLE Queue;
} TURNSTONE_HOLD, *PTURNSTONE_HOLD;

static VOID
TurnstoneHold(PTURNSTONE Turnstone, PTURNSTONE_HOLD Hold)
{
    Hold->Owner = Turnstone;
    KeAcquireInStackQueuedSpinLock(&Turnstone->Lock, &Hold->Queue);
}

static VOID
TurnstoneDrop(PTURNSTONE_HOLD Hold)
{
    KeReleaseInStackQueuedSpinLock(&Hold->Queue);
}

NTSTATUS
TurnstoneSave(PTURNSTONE Turnstone, HANDLE Key, PUNICODE_STRING Name)
{
    TURNSTONE_HOLD hold;
    NTSTATUS status;
    ULONG count;

    TurnstoneHold(Turnstone, &hold);
    count = Turnstone->Count;
    status = ZwSetValueKey(Key, Name, 0, REG_DWORD, &count, sizeof(count)); // EXPECT: irql-too-high
    TurnstoneDrop(&hold);
    return status;
}
