#include "moorhen.h"

static PDEVICE_OBJECT MoorhenDevice;

static NTSTATUS NTAPI
MoorhenControl(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
    NTSTATUS status;

    UNREFERENCED_PARAMETER(DeviceObject);
    status = MoorhenSessionRun(stack->Parameters.DeviceIoControl.IoControlCode & 3);
    Irp->IoStatus.Status = status;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return status;
}

static VOID NTAPI
MoorhenUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    IoDeleteDevice(MoorhenDevice);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    MoorhenLockInitialize();
    DriverObject->MajorFunction[IRP_MJ_DEVICE_CONTROL] = MoorhenControl;
    DriverObject->DriverUnload = MoorhenUnload;
    return IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &MoorhenDevice);
}
