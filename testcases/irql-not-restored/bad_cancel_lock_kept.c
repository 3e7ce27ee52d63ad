/* tether: a read is queued if it is not yet cancelled. A cancelled one returns with the cancel spin lock held. */
#include <ntddk.h>

static LIST_ENTRY TetherQueue;
static PDEVICE_OBJECT TetherDevice;
static DRIVER_CANCEL TetherCancel;

static VOID NTAPI
TetherCancel(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    RemoveEntryList(&Irp->Tail.Overlay.ListEntry);
    IoReleaseCancelSpinLock(Irp->CancelIrql);
    Irp->IoStatus.Status = STATUS_CANCELLED;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
}

static NTSTATUS
TetherEnqueue(PIRP Irp)
{
    KIRQL irql;

    IoAcquireCancelSpinLock(&irql);
    if (Irp->Cancel) {
        return STATUS_CANCELLED; // EXPECT: irql-not-restored
    }
    IoMarkIrpPending(Irp);
    InsertTailList(&TetherQueue, &Irp->Tail.Overlay.ListEntry);
    IoSetCancelRoutine(Irp, TetherCancel);
    IoReleaseCancelSpinLock(irql);
    return STATUS_PENDING;
}

static NTSTATUS NTAPI
TetherRead(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    NTSTATUS status = TetherEnqueue(Irp);

    UNREFERENCED_PARAMETER(DeviceObject);
    if (status != STATUS_PENDING) {
        Irp->IoStatus.Status = status;
        Irp->IoStatus.Information = 0;
        IoCompleteRequest(Irp, IO_NO_INCREMENT);
    }
    return status;
}

static NTSTATUS NTAPI
TetherCreateClose(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    Irp->IoStatus.Status = STATUS_SUCCESS;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static VOID NTAPI
TetherUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    IoDeleteDevice(TetherDevice);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    status = IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &TetherDevice);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    InitializeListHead(&TetherQueue);
    DriverObject->MajorFunction[IRP_MJ_READ] = TetherRead;
    DriverObject->MajorFunction[IRP_MJ_CREATE] = TetherCreateClose;
    DriverObject->MajorFunction[IRP_MJ_CLOSE] = TetherCreateClose;
    DriverObject->DriverUnload = TetherUnload;
    return STATUS_SUCCESS;
}
