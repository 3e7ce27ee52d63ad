/* pintail: an empty slot goes to the next one with its lock held. */
#include <ntddk.h>

typedef struct _PINTAIL_SLOT { KSPIN_LOCK Lock; PVOID Item; } PINTAIL_SLOT, *PPINTAIL_SLOT;

VOID
PintailFlush(PPINTAIL_SLOT Slots, ULONG Count)
{
    KIRQL irql;
    ULONG i;

    for (i = 0; i < Count; i++) {
        KeAcquireSpinLock(&Slots[i].Lock, &irql);
        if (Slots[i].Item == NULL) {
            continue;
        }
        ExFreePoolWithTag(Slots[i].Item, 'tniP');
        Slots[i].Item = NULL;
        KeReleaseSpinLock(&Slots[i].Lock, irql);
    }
} // EXPECT: irql-not-restored
