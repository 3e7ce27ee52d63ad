/* gannet: the cancel routine opens an event under the cancel lock that it was called with. */
#include <ntddk.h>

static DRIVER_CANCEL GannetCancel;

static VOID NTAPI
GannetCancel(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    KIRQL irql = Irp->CancelIrql;

    UNREFERENCED_PARAMETER(DeviceObject);
    ZwSetEvent(Irp->Tail.Overlay.DriverContext[0], NULL); // EXPECT: irql-too-high
    IoReleaseCancelSpinLock(irql);
    Irp->IoStatus.Status = STATUS_CANCELLED;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
}

VOID
GannetArm(PIRP Irp)
{
    IoSetCancelRoutine(Irp, GannetCancel);
}
