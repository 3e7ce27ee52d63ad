#include "trellis.h"

static LIST_ENTRY trellis_all;
static KSPIN_LOCK trellis_lock;

void
trellis_lists_init(void)
{
    InitializeListHead(&trellis_all);
    KeInitializeSpinLock(&trellis_lock);
}

trellis_t *
trellis_new(void)
{
    trellis_t *trellis = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*trellis), 'lerT');
    KIRQL irql;

    if (trellis != NULL) {
        KeAcquireSpinLock(&trellis_lock, &irql);
        InsertTailList(&trellis_all, &trellis->link);
        KeReleaseSpinLock(&trellis_lock, irql);
    }
    return trellis;
}

void
trellis_free(trellis_t *trellis)
{
    KIRQL irql;

    KeAcquireSpinLock(&trellis_lock, &irql);
    RemoveEntryList(&trellis->link);
    KeReleaseSpinLock(&trellis_lock, irql);
    ExFreePoolWithTag(trellis, 'lerT');
}

/* Bindings that the NMR no longer uses stay on the list until the driver unloads. */
void
trellis_park(trellis_t *trellis)
{
    trellis->dead = TRUE;
}

void
trellis_drain(void)
{
    while (!IsListEmpty(&trellis_all)) {
        PLIST_ENTRY entry = RemoveHeadList(&trellis_all);

        ExFreePoolWithTag(CONTAINING_RECORD(entry, trellis_t, link), 'lerT'); // KNOWN-GAP: nmr-binding-freed-early
    }
}
