#include "pivot.h"

NTSTATUS
pivot_bind(HANDLE nmr_handle, pivot_t *pivot)
{
    NTSTATUS status;

    status = NmrClientAttachProvider(nmr_handle, pivot, NULL, &pivot->provider, &pivot->dispatch); // EXPECT: nmr-binding-leak
    if (!NT_SUCCESS(status))
        DbgPrint("pivot: attach failed, %08x\n", status);
    return status;
}
