#include "modules.h"

static PVOID log_buffer;

NTSTATUS log_start(void)
{
    log_buffer = ExAllocatePool2(POOL_FLAG_NON_PAGED, 4096, 'goLm');
    return log_buffer != NULL ? STATUS_SUCCESS : STATUS_NO_MEMORY;
}

void log_stop(void)
{
    ExFreePoolWithTag(log_buffer, 'goLm');
}
