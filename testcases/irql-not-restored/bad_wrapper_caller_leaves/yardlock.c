#include "yard.h"

void
yard_init(yard_t *yard)
{
    KeInitializeSpinLock(&yard->lock);
    InitializeListHead(&yard->cars);
}

void
yard_lock(yard_t *yard)
{
    KIRQL irql;

    KeAcquireSpinLock(&yard->lock, &irql);
    yard->irql = irql;
}

void
yard_unlock(yard_t *yard)
{
    KeReleaseSpinLock(&yard->lock, yard->irql);
}
