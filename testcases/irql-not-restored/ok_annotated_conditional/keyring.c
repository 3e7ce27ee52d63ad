#include "keyring.h"

KIRQL
KeyringEnter(PKEYRING Ring, LONG Owner)
{
    KIRQL irql = DISPATCH_LEVEL;

    if (Owner == 0) {
        KeAcquireSpinLock(&Ring->Lock, &irql);
        Ring->Owner = 1;
    }
    return irql;
}

VOID
KeyringLeave(PKEYRING Ring, LONG Owner, KIRQL Irql)
{
    if (Owner == 0) {
        Ring->Owner = 0;
        KeReleaseSpinLock(&Ring->Lock, Irql);
    }
}
