/* thresh: both its cancel routine and its StartIo routine are pageable. */
#include <ntddk.h>

static DRIVER_CANCEL ThreshCancel;
static DRIVER_STARTIO ThreshStartIo;
static DRIVER_DISPATCH ThreshRead;

#pragma alloc_text(PAGE, ThreshCancel)
#pragma alloc_text(PAGE, ThreshStartIo)

static PDEVICE_OBJECT ThreshDevice;

static VOID NTAPI
ThreshCancel(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    IoReleaseCancelSpinLock(Irp->CancelIrql);
    Irp->IoStatus.Status = STATUS_CANCELLED;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
}

static VOID NTAPI
ThreshStartIo(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    Irp->IoStatus.Status = STATUS_SUCCESS;
    Irp->IoStatus.Information = 0;
    IoStartNextPacket(DeviceObject, TRUE);
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
}

static NTSTATUS NTAPI
ThreshRead(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    IoMarkIrpPending(Irp);
    IoStartPacket(DeviceObject, Irp, NULL, ThreshCancel); // EXPECT: irql-paged-code
    return STATUS_PENDING;
}

static VOID NTAPI
ThreshUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    IoDeleteDevice(ThreshDevice);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverStartIo = ThreshStartIo; // EXPECT: irql-paged-code
    DriverObject->MajorFunction[IRP_MJ_READ] = ThreshRead;
    DriverObject->DriverUnload = ThreshUnload;
    return IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &ThreshDevice);
}
