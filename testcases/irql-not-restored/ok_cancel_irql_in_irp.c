/* eider: the cancel lock's level travels in the IRP. */
#include <ntddk.h>

static DRIVER_CANCEL EiderCancel;
static LIST_ENTRY EiderQueue;

static VOID NTAPI
EiderCancel(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    RemoveEntryList(&Irp->Tail.Overlay.ListEntry);
    IoReleaseCancelSpinLock(Irp->CancelIrql);
    Irp->IoStatus.Status = STATUS_CANCELLED;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
}

NTSTATUS
EiderQueueIrp(PIRP Irp)
{
    IoAcquireCancelSpinLock(&Irp->CancelIrql);
    if (Irp->Cancel) {
        IoReleaseCancelSpinLock(Irp->CancelIrql);
        return STATUS_CANCELLED;
    }
    IoSetCancelRoutine(Irp, EiderCancel);
    InsertTailList(&EiderQueue, &Irp->Tail.Overlay.ListEntry);
    IoMarkIrpPending(Irp);
    IoReleaseCancelSpinLock(Irp->CancelIrql);
    return STATUS_PENDING;
}

PIRP
EiderDequeue(VOID)
{
    PLIST_ENTRY entry;
    PIRP irp = NULL;
    KIRQL level;

    IoAcquireCancelSpinLock(&level);
    if (!IsListEmpty(&EiderQueue)) {
        entry = RemoveHeadList(&EiderQueue);
        irp = CONTAINING_RECORD(entry, IRP, Tail.Overlay.ListEntry);
        IoSetCancelRoutine(irp, NULL);
    }
    IoReleaseCancelSpinLock(level);
    return irp;
}
