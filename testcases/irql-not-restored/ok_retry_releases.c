/* knot: both ways out behind the loop release the lock that the break has kept. (Twin: bad_retry_keeps_lock) */
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
        KeReleaseSpinLock(&Knot->Lock, irql);
        return NULL;
    }
    Knot->Failures = 0;
    KeReleaseSpinLock(&Knot->Lock, irql);
    return entry;
}
