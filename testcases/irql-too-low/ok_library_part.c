/* Part of a driver: nothing says at which level these are called. They are the DPC's helpers in another file. */
#include <ntddk.h>

typedef struct tumbler { KSPIN_LOCK lock; ULONG bits; } tumbler_t;

VOID
tumbler_set(tumbler_t *t, ULONG bit)
{
    KeAcquireSpinLockAtDpcLevel(&t->lock);
    t->bits |= 1ul << bit;
    KeReleaseSpinLockFromDpcLevel(&t->lock);
}

BOOLEAN
tumbler_try_clear(tumbler_t *t, ULONG bit)
{
    if (!KeTryToAcquireSpinLockAtDpcLevel(&t->lock))
        return FALSE;
    t->bits &= ~(1ul << bit);
    KeReleaseSpinLockFromDpcLevel(&t->lock);
    return TRUE;
}
