#include "moorhen.h"

/* Writers are serialised with the DPC, readers and flushes among themselves only. */
static KSPIN_LOCK MoorhenSpin;
static KIRQL MoorhenIrql;
static KGUARDED_MUTEX MoorhenMutex;

VOID
MoorhenLockInitialize(VOID)
{
    KeInitializeSpinLock(&MoorhenSpin);
    KeInitializeGuardedMutex(&MoorhenMutex);
}

VOID
MoorhenLockEnter(MOORHEN_MODE Mode)
{
    KIRQL irql;

    if (Mode == MoorhenWrite) {
        KeAcquireSpinLock(&MoorhenSpin, &irql);
        MoorhenIrql = irql;
    } else {
        KeAcquireGuardedMutex(&MoorhenMutex);
    }
}

VOID
MoorhenLockLeave(MOORHEN_MODE Mode)
{
    if (Mode == MoorhenWrite) {
        KeReleaseSpinLock(&MoorhenSpin, MoorhenIrql);
    } else {
        KeReleaseGuardedMutex(&MoorhenMutex);
    }
}
