#include "carrier.h"

#pragma alloc_text(PAGE, carrier_tune)

void
carrier_send(void *binding, ULONG bytes)
{
    InterlockedExchangeAdd(&((carrier_client_t *)binding)->bytes, (LONG)bytes);
}

void
carrier_tune(void *binding, ULONG rate)
{
    PAGED_CODE();
    ((carrier_client_t *)binding)->rate = rate;
}
