/* knot: the retry counter runs out while the lock is held. */
#include <ntddk.h>

typedef struct _KNOT {
    KSPIN_LOCK Lock;
    LIST_ENTRY Free;
    ULONG Failures;
} KNOT, *PKNOT;

PLIST_ENTRY
KnotTake(PKNOT Knot)
{
    PLIST_ENTRY entry = NULL;
    ULONG tries;
    KIRQL irql;

    for (tries = 0; tries < 3; tries++) {
        KeAcquireSpinLock(&Knot->Lock, &irql);
        if (!IsListEmpty(&Knot->Free)) {
            entry = RemoveHeadList(&Knot->Free);
            break;
        }
        Knot->Failures++;
        KeReleaseSpinLock(&Knot->Lock, irql);
    }
    if (entry == NULL) {
        DbgPrint("knot: nothing after %u tries\n", tries);
        return NULL;
    }
    if (Knot->Failures > 100) {
        return NULL; // EXPECT: irql-not-restored
    }
    Knot->Failures = 0;
    KeReleaseSpinLock(&Knot->Lock, irql);
    return entry;
}
