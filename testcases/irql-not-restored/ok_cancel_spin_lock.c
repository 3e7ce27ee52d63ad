/* vestibule: the same with a spin lock, and the cancel lock goes first. */
#include <ntddk.h>

static KSPIN_LOCK VestibuleLock;
static LIST_ENTRY VestibuleQueue;

static VOID NTAPI
VestibuleCancel(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    KIRQL irql;

    UNREFERENCED_PARAMETER(DeviceObject);
    IoReleaseCancelSpinLock(Irp->CancelIrql);
    KeAcquireSpinLock(&VestibuleLock, &irql);
    RemoveEntryList(&Irp->Tail.Overlay.ListEntry);
    KeReleaseSpinLock(&VestibuleLock, irql);
    Irp->IoStatus.Status = STATUS_CANCELLED;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
}

static NTSTATUS
VestibuleQueueIrp(PIRP Irp)
{
    KIRQL cancel;
    KIRQL irql;

    IoAcquireCancelSpinLock(&cancel);
    if (Irp->Cancel) {
        IoReleaseCancelSpinLock(cancel);
        return STATUS_CANCELLED;
    }
    IoMarkIrpPending(Irp);
    (VOID)IoSetCancelRoutine(Irp, VestibuleCancel);
    KeAcquireSpinLock(&VestibuleLock, &irql);
    InsertTailList(&VestibuleQueue, &Irp->Tail.Overlay.ListEntry);
    KeReleaseSpinLock(&VestibuleLock, irql);
    IoReleaseCancelSpinLock(cancel);
    return STATUS_PENDING;
}

static NTSTATUS NTAPI
VestibuleRead(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    NTSTATUS status = VestibuleQueueIrp(Irp);

    UNREFERENCED_PARAMETER(DeviceObject);
    if (status != STATUS_PENDING) {
        Irp->IoStatus.Status = status;
        Irp->IoStatus.Information = 0;
        IoCompleteRequest(Irp, IO_NO_INCREMENT);
    }
    return status;
}

static PDEVICE_OBJECT VestibuleDevice;

static VOID NTAPI
VestibuleUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    IoDeleteDevice(VestibuleDevice);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    KeInitializeSpinLock(&VestibuleLock);
    InitializeListHead(&VestibuleQueue);
    DriverObject->MajorFunction[IRP_MJ_READ] = VestibuleRead;
    DriverObject->DriverUnload = VestibuleUnload;
    return IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &VestibuleDevice);
}
