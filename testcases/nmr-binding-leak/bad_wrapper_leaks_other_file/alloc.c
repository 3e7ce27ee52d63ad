#include "pivot.h"

#define PIVOT_TAG 'tviP'

pivot_t *
pivot_alloc(void)
{
    pivot_t *pivot = ExAllocatePoolWithTag(NonPagedPoolNx, sizeof(*pivot), PIVOT_TAG);

    if (pivot != NULL) {
        RtlZeroMemory(pivot, sizeof(*pivot));
        pivot->busy = TRUE;
    }
    return pivot;
}

void
pivot_release(pivot_t *pivot)
{
    ExFreePoolWithTag(pivot, PIVOT_TAG);
}
