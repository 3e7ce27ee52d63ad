#include "rill.h"

static NTSTATUS NTAPI
rill_completed(PDEVICE_OBJECT device, PIRP irp, PVOID context)
{
    (void)device;
    if (irp->PendingReturned)
        IoMarkIrpPending(irp);
    rill_done(context);
    return STATUS_SUCCESS;
}

NTSTATUS
rill_submit(rill_t *r, PIRP irp)
{
    InterlockedIncrement(&r->in_flight);
    IoCopyCurrentIrpStackLocationToNext(irp);
    IoSetCompletionRoutine(irp, rill_completed, r, TRUE, TRUE, TRUE);
    return IoCallDriver(rill_lower, irp);
}
