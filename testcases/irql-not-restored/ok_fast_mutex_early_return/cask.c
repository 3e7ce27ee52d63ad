#include "cask.h"

NTSTATUS
CaskFill(PCASK C, ULONG Litres)
{
    NTSTATUS status = STATUS_ACCESS_DENIED;

    ExAcquireFastMutex(&C->Mutex);
    if (!C->Sealed) {
        C->Litres += Litres;
        status = STATUS_SUCCESS;
    }
    ExReleaseFastMutex(&C->Mutex);
    return status;
}

NTSTATUS
CaskDrain(PCASK C, ULONG Litres)
{
    NTSTATUS status = STATUS_SUCCESS;

    if (Litres > 1000) {
        return STATUS_NO_MORE_ENTRIES;
    }
    ExAcquireFastMutex(&C->Mutex);
    if (C->Litres < Litres) {
        status = STATUS_NO_MORE_ENTRIES;
    } else {
        C->Litres -= Litres;
    }
    ExReleaseFastMutex(&C->Mutex);
    return status;
}
