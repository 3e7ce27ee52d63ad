#include "cask.h"

CASK Cask;
static PDEVICE_OBJECT CaskDevice;

static NTSTATUS NTAPI
CaskReadWrite(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
    NTSTATUS status;

    UNREFERENCED_PARAMETER(DeviceObject);
    if (stack->MajorFunction == IRP_MJ_READ) {
        status = CaskDrain(&Cask, stack->Parameters.Read.Length);
    } else {
        status = CaskFill(&Cask, stack->Parameters.Write.Length);
    }
    Irp->IoStatus.Status = status;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return status;
}

static NTSTATUS NTAPI
CaskCreateClose(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    Irp->IoStatus.Status = STATUS_SUCCESS;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static VOID NTAPI
CaskUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    IoDeleteDevice(CaskDevice);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    status = IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &CaskDevice);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    ExInitializeFastMutex(&Cask.Mutex);
    DriverObject->MajorFunction[IRP_MJ_READ] = CaskReadWrite;
    DriverObject->MajorFunction[IRP_MJ_WRITE] = CaskReadWrite;
    DriverObject->MajorFunction[IRP_MJ_CREATE] = CaskCreateClose;
    DriverObject->MajorFunction[IRP_MJ_CLOSE] = CaskCreateClose;
    DriverObject->DriverUnload = CaskUnload;
    return STATUS_SUCCESS;
}
