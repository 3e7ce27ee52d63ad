/* Requests for each of the steps; unload takes those that are left. */
#include "npi.h"

#define IOCTL_MAPLE_UP    CTL_CODE(FILE_DEVICE_NETWORK, 0x860, METHOD_NEITHER, FILE_ANY_ACCESS)
#define IOCTL_MAPLE_DRAIN CTL_CODE(FILE_DEVICE_NETWORK, 0x861, METHOD_NEITHER, FILE_ANY_ACCESS)
#define IOCTL_MAPLE_CLOSE CTL_CODE(FILE_DEVICE_NETWORK, 0x862, METHOD_NEITHER, FILE_ANY_ACCESS)

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD MapleUnload;

static NTSTATUS NTAPI MapleControl(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    NTSTATUS Status = STATUS_SUCCESS;

    UNREFERENCED_PARAMETER(DeviceObject);
    switch (IoGetCurrentIrpStackLocation(Irp)->Parameters.DeviceIoControl.IoControlCode) {
    case IOCTL_MAPLE_UP:
        Status = MapleUp();
        break;
    case IOCTL_MAPLE_DRAIN:
        MapleDrain();
        break;
    case IOCTL_MAPLE_CLOSE:
        MapleClose();
        break;
    default:
        Status = STATUS_INVALID_DEVICE_REQUEST;
        break;
    }
    Irp->IoStatus.Status = Status;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return Status;
}

VOID NTAPI MapleUnload(PDRIVER_OBJECT DriverObject)
{
    MapleClose();
    MapleDrain();
    IoDeleteDevice(DriverObject->DeviceObject);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    PDEVICE_OBJECT DeviceObject;
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);
    Status = IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_NETWORK, 0, TRUE, &DeviceObject);
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    DriverObject->MajorFunction[IRP_MJ_DEVICE_CONTROL] = MapleControl;
    DriverObject->DriverUnload = MapleUnload;
    return STATUS_SUCCESS;
}
