/* stint: the "Locked" half waits. */
#include <ntddk.h>

typedef struct _STINT {
    KSPIN_LOCK Lock;
    ULONG Count;
    KEVENT Empty;
} STINT, *PSTINT;

_IRQL_requires_(DISPATCH_LEVEL)
static VOID
StintPutLocked(PSTINT Stint)
{
    if (Stint->Count == 0) {
        KeWaitForSingleObject(&Stint->Empty, Executive, KernelMode, FALSE, NULL); // EXPECT: irql-too-high
        return;
    }
    Stint->Count--;
}

VOID
StintPut(PSTINT Stint)
{
    KIRQL irql;

    KeAcquireSpinLock(&Stint->Lock, &irql);
    StintPutLocked(Stint);
    KeReleaseSpinLock(&Stint->Lock, irql);
}
