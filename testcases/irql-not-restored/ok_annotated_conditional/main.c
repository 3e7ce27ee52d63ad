#include "keyring.h"

static KEYRING Ring;
static PDEVICE_OBJECT KeyDevice;

static VOID
KeyUse(LONG Owner)
{
    KIRQL irql = KeyringEnter(&Ring, Owner);

    Ring.Uses++;
    KeyringLeave(&Ring, Owner, irql);
}

static NTSTATUS NTAPI
KeyWrite(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    KIRQL irql;

    UNREFERENCED_PARAMETER(DeviceObject);
    KeyUse(0);
    irql = KeyringEnter(&Ring, 0);
    KeyUse(1);
    KeyringLeave(&Ring, 0, irql);
    Irp->IoStatus.Status = STATUS_SUCCESS;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
KeyCreateClose(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    Irp->IoStatus.Status = STATUS_SUCCESS;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static VOID NTAPI
KeyUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    IoDeleteDevice(KeyDevice);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    status = IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &KeyDevice);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    KeInitializeSpinLock(&Ring.Lock);
    DriverObject->MajorFunction[IRP_MJ_WRITE] = KeyWrite;
    DriverObject->MajorFunction[IRP_MJ_CREATE] = KeyCreateClose;
    DriverObject->MajorFunction[IRP_MJ_CLOSE] = KeyCreateClose;
    DriverObject->DriverUnload = KeyUnload;
    return STATUS_SUCCESS;
}
