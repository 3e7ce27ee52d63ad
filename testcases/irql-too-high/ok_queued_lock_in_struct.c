/* turnstone: the lock handle travels in a structure, and both halves are functions. */
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
    ULONG count;

    TurnstoneHold(Turnstone, &hold);
    count = Turnstone->Count;
    TurnstoneDrop(&hold);
    return ZwSetValueKey(Key, Name, 0, REG_DWORD, &count, sizeof(count));
}
