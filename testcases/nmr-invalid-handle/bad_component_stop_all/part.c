/*
 * Defect (with driver.c): PartStop keeps no account of whether the part was started; the caller stops all of them
 * when any of them could not be started.
 * (Twin: ok_component_stop_started)
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

    NT_ASSERT(Part->Provider != NULL);
    Status = NmrDeregisterProvider(Part->Handle); // EXPECT: nmr-invalid-handle
    if (Status == STATUS_PENDING) {
        NmrWaitForProviderDeregisterComplete(Part->Handle);
    }
    Part->Started = FALSE;
}
