/* A list of provider handles. */
#include "modules.h"

#define MODULES_MAX 4

static HANDLE modules[MODULES_MAX];
static ULONG modules_count;

void modules_add(HANDLE provider)
{
    NT_FRE_ASSERT(modules_count < MODULES_MAX);
    modules[modules_count++] = provider;
}

void modules_end(void)
{
    ULONG i;

    for (i = 0; i < modules_count; i++) {
        NTSTATUS status = NmrDeregisterProvider(modules[i]);

        if (status == STATUS_PENDING)
            NmrWaitForProviderDeregisterComplete(modules[i]);
    }
    modules_count = 0;
}
