#include "islet.h"

static islet_t islet;

static NTSTATUS
islet_bind(HANDLE nmr_handle)
{
    NTSTATUS status;

    if (InterlockedExchange(&islet.used, 1) != 0)
        return STATUS_NOINTERFACE;
    status = NmrClientAttachProvider(nmr_handle, &islet, NULL, &islet.provider, &islet.dispatch);
    if (!NT_SUCCESS(status))
        InterlockedExchange(&islet.used, 0);
    return status;
}

void
islet_take_first(islet_offer_t *offer)
{
    offer->result = islet_bind(offer->nmr_handle);
}

void
islet_take_even(islet_offer_t *offer)
{
    if ((offer->number & 1) == 0)
        offer->result = islet_bind(offer->nmr_handle);
}
