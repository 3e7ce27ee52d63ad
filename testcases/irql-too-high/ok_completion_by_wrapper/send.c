#include "send.h"

static IO_COMPLETION_ROUTINE TernComplete;

static NTSTATUS NTAPI
TernComplete(PDEVICE_OBJECT DeviceObject, PIRP Irp, PVOID Context)
{
    PTERN_SEND send = Context;

    UNREFERENCED_PARAMETER(DeviceObject);
    send->Done(send->Context, Irp->IoStatus.Status);
    ExFreePoolWithTag(send, 'nreT');
    IoFreeIrp(Irp);
    return STATUS_MORE_PROCESSING_REQUIRED;
}

NTSTATUS
TernSend(PDEVICE_OBJECT Lower, PIRP Irp, PTERN_DONE Done, PVOID Context)
{
    PTERN_SEND send = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*send), 'nreT');

    if (send == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    send->Done = Done;
    send->Context = Context;
    IoSetCompletionRoutine(Irp, TernComplete, send, TRUE, TRUE, TRUE);
    return IoCallDriver(Lower, Irp);
}
