/*
 * Good: PartStop does nothing for a part that was not started.
 * (Twin: bad_component_stop_all)
 */
#include "part.h"

NTSTATUS PartStart(PPART Part)
{
    NTSTATUS Status;

    Status = NmrRegisterProvider(Part->Provider, NULL, &Part->Handle);
    if (NT_SUCCESS(Status)) {
        Part->Started = TRUE;
    }
    return Status;
}

VOID PartStop(PPART Part)
{
    NTSTATUS Status;

    if (!Part->Started) {
        return;
    }
    Status = NmrDeregisterProvider(Part->Handle);
    if (Status == STATUS_PENDING) {
        NmrWaitForProviderDeregisterComplete(Part->Handle);
    }
    Part->Started = FALSE;
}
