/* The driver's allocator. */
#include "alloc.h"

#define ALLOC_TAG 'colA'

PVOID Alloc(SIZE_T Size, ULONG Flags)
{
    PVOID Memory;

    Memory = ExAllocatePoolWithTag((Flags & ALLOC_PAGED) ? PagedPool : NonPagedPoolNx, Size, ALLOC_TAG);
    if (Memory != NULL && (Flags & ALLOC_ZERO)) {
        RtlZeroMemory(Memory, Size);
    }
    return Memory;
}

VOID Release(PVOID Memory)
{
    if (Memory != NULL) {
        ExFreePoolWithTag(Memory, ALLOC_TAG);
    }
}
