#include "reef.h"

#define REEF_TAG 'feeR'

reef_t *
reef_create(void)
{
    return ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(reef_t), REEF_TAG);
}

void
reef_destroy(reef_t *reef)
{
    ExFreePoolWithTag(reef, REEF_TAG);
}

static void
reef_event(void *binding, ULONG event)
{
    InterlockedExchangeAdd(&((reef_t *)binding)->events, (LONG)event);
}

static void
reef_closed(void *binding)
{
    reef_destroy(binding); // EXPECT: nmr-binding-freed-early
}

const reef_client_dispatch_t reef_client_dispatch = { 1, reef_event, reef_closed };
