/* stint: the "Locked" half of each pair is called with the lock held; the other half takes it. */
#include <ntddk.h>

typedef struct _STINT {
    KSPIN_LOCK Lock;
    ULONG Count;
    KEVENT Empty;
} STINT, *PSTINT;

_IRQL_requires_(DISPATCH_LEVEL)
static BOOLEAN
StintPutLocked(PSTINT Stint)
{
    if (Stint->Count == 0) {
        return FALSE;
    }
    Stint->Count--;
    return Stint->Count == 0;
}

VOID
StintPut(PSTINT Stint)
{
    BOOLEAN last;
    KIRQL irql;

    KeAcquireSpinLock(&Stint->Lock, &irql);
    last = StintPutLocked(Stint);
    KeReleaseSpinLock(&Stint->Lock, irql);
    if (last) {
        KeSetEvent(&Stint->Empty, IO_NO_INCREMENT, FALSE);
    }
}

VOID
StintWait(PSTINT Stint)
{
    KeWaitForSingleObject(&Stint->Empty, Executive, KernelMode, FALSE, NULL);
}
