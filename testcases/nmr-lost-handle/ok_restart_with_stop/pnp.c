/*
 * A function driver's PnP part. Good: a stop ends what a start registered, so that the next start finds the place free.
 * (Twin: bad_restart_without_stop)
 */
#include "crow.h"

static NTSTATUS CrowPassDown(PCROW_EXTENSION Extension, PIRP Irp)
{
    IoSkipCurrentIrpStackLocation(Irp);
    return IoCallDriver(Extension->Lower, Irp);
}

NTSTATUS NTAPI CrowPass(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    return CrowPassDown(DeviceObject->DeviceExtension, Irp);
}

NTSTATUS NTAPI CrowPnp(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    PCROW_EXTENSION Extension = DeviceObject->DeviceExtension;
    PDEVICE_OBJECT Lower = Extension->Lower;
    NTSTATUS Status;

    switch (IoGetCurrentIrpStackLocation(Irp)->MinorFunction) {
    case IRP_MN_START_DEVICE:
        if (!IoForwardIrpSynchronously(Lower, Irp)) {
            Status = STATUS_UNSUCCESSFUL;
        } else {
            Status = Irp->IoStatus.Status;
            if (NT_SUCCESS(Status)) {
                Status = CrowOffer(Extension);
            }
        }
        Irp->IoStatus.Status = Status;
        IoCompleteRequest(Irp, IO_NO_INCREMENT);
        return Status;
    case IRP_MN_STOP_DEVICE:
        Extension->Stopped = TRUE;
        CrowWithdraw(Extension);
        Irp->IoStatus.Status = STATUS_SUCCESS;
        return CrowPassDown(Extension, Irp);
    case IRP_MN_REMOVE_DEVICE:
        CrowWithdraw(Extension);
        Irp->IoStatus.Status = STATUS_SUCCESS;
        Status = CrowPassDown(Extension, Irp);
        IoDetachDevice(Lower);
        IoDeleteDevice(DeviceObject);
        return Status;
    default:
        return CrowPassDown(Extension, Irp);
    }
}
