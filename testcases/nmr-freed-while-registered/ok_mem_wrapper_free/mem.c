/* The driver's allocator: counted, zeroed, non-paged. */
#include "mem.h"

#define MEM_TAG 'meMS'

static volatile LONG mem_blocks;

void *mem_get(SIZE_T size)
{
    void *memory = ExAllocatePoolWithTag(NonPagedPoolNx, size, MEM_TAG);

    if (memory != NULL) {
        RtlZeroMemory(memory, size);
        InterlockedIncrement(&mem_blocks);
    }
    return memory;
}

void mem_put(void *memory)
{
    if (memory == NULL)
        return;
    InterlockedDecrement(&mem_blocks);
    ExFreePoolWithTag(memory, MEM_TAG);
}
