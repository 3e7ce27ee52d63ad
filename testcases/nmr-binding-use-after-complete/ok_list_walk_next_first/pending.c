#include "crucible.h"

static SINGLE_LIST_ENTRY PendingHead;
static KSPIN_LOCK PendingLock;
static KTIMER PendingTimer;
static KDPC PendingDpc;
static KDEFERRED_ROUTINE PendingTick;

static VOID NTAPI
PendingTick(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2)
{
    PSINGLE_LIST_ENTRY entry, next;

    UNREFERENCED_PARAMETER(Dpc);
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Argument1);
    UNREFERENCED_PARAMETER(Argument2);
    KeAcquireSpinLockAtDpcLevel(&PendingLock);
    entry = PendingHead.Next;
    PendingHead.Next = NULL;
    KeReleaseSpinLockFromDpcLevel(&PendingLock);

    while (entry != NULL) {
        PCRUCIBLE crucible = CONTAINING_RECORD(entry, CRUCIBLE, Link);

        next = entry->Next;
        NmrProviderDetachClientComplete(crucible->NmrBindingHandle);
        entry = next;
    }
}

VOID
PendingInit(VOID)
{
    LARGE_INTEGER due = { .QuadPart = -1000000LL };

    KeInitializeSpinLock(&PendingLock);
    KeInitializeTimerEx(&PendingTimer, SynchronizationTimer);
    KeInitializeDpc(&PendingDpc, PendingTick, NULL);
    KeSetTimerEx(&PendingTimer, due, 100, &PendingDpc);
}

VOID
PendingStop(VOID)
{
    KeCancelTimer(&PendingTimer);
    KeFlushQueuedDpcs();
}

VOID
PendingAdd(PCRUCIBLE Crucible)
{
    KIRQL irql;

    KeAcquireSpinLock(&PendingLock, &irql);
    PushEntryList(&PendingHead, &Crucible->Link);
    KeReleaseSpinLock(&PendingLock, irql);
}
