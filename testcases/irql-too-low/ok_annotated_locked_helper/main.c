#include "store.h"

static STORE Store;
static PDEVICE_OBJECT StoreDevice;

static NTSTATUS NTAPI
StoreWrite(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    ULONG key = IoGetCurrentIrpStackLocation(Irp)->Parameters.Write.Length;
    NTSTATUS status = STATUS_SUCCESS;
    BOOLEAN known;
    KIRQL irql;

    UNREFERENCED_PARAMETER(DeviceObject);
    KeAcquireSpinLock(&Store.Lock, &irql);
    known = StoreFindLocked(&Store, key) != NULL;
    KeReleaseSpinLock(&Store.Lock, irql);
    if (!known) {
        status = StoreInsert(&Store, key);
    }
    Irp->IoStatus.Status = status;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return status;
}

static VOID
StoreDrain(VOID)
{
    ULONG key;

    for (key = 0; Store.Count != 0 && key != MAXULONG; key++) {
        (VOID)StoreRemove(&Store, key);
    }
}

static NTSTATUS NTAPI
StoreCreateClose(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    Irp->IoStatus.Status = STATUS_SUCCESS;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static VOID NTAPI
StoreUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    StoreDrain();
    IoDeleteDevice(StoreDevice);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    status = IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &StoreDevice);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    KeInitializeSpinLock(&Store.Lock);
    InitializeListHead(&Store.Items);
    DriverObject->MajorFunction[IRP_MJ_WRITE] = StoreWrite;
    DriverObject->MajorFunction[IRP_MJ_CREATE] = StoreCreateClose;
    DriverObject->MajorFunction[IRP_MJ_CLOSE] = StoreCreateClose;
    DriverObject->DriverUnload = StoreUnload;
    return STATUS_SUCCESS;
}
