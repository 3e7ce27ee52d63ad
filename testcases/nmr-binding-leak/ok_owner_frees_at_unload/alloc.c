#include "pivot.h"

#define PIVOT_TAG 'tviP'

/* All pivots ever made, busy or not; they live as long as the driver. */
static pivot_t *pivot_all;
static KSPIN_LOCK pivot_lock;

pivot_t *
pivot_alloc(void)
{
    pivot_t *pivot;
    KIRQL irql;

    KeAcquireSpinLock(&pivot_lock, &irql);
    for (pivot = pivot_all; pivot != NULL; pivot = pivot->next) {
        if (!pivot->busy) {
            pivot->busy = TRUE;
            break;
        }
    }
    if (pivot == NULL) {
        pivot = ExAllocatePoolWithTag(NonPagedPoolNx, sizeof(*pivot), PIVOT_TAG);
        if (pivot != NULL) {
            RtlZeroMemory(pivot, sizeof(*pivot));
            pivot->busy = TRUE;
            pivot->next = pivot_all;
            pivot_all = pivot;
        }
    }
    KeReleaseSpinLock(&pivot_lock, irql);
    return pivot;
}

void
pivot_release(pivot_t *pivot)
{
    KIRQL irql;

    KeAcquireSpinLock(&pivot_lock, &irql);
    pivot->busy = FALSE;
    KeReleaseSpinLock(&pivot_lock, irql);
}

void
pivot_free_all(void)
{
    pivot_t *pivot, *next;

    for (pivot = pivot_all; pivot != NULL; pivot = next) {
        next = pivot->next;
        ExFreePoolWithTag(pivot, PIVOT_TAG);
    }
    pivot_all = NULL;
}
