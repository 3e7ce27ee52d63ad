/* gannet: the cancel routine drops the cancel lock to the level that the IRP remembers, then takes the device's queue lock; a read is
 * queued with the usual cancel dance. */
#include <ntddk.h>

typedef struct _GANNET_EXTENSION {
    KSPIN_LOCK Lock;
    LIST_ENTRY Queue;
} GANNET_EXTENSION, *PGANNET_EXTENSION;

static DRIVER_CANCEL GannetCancel;
static DRIVER_DISPATCH GannetRead;
static DRIVER_UNLOAD GannetUnload;

static VOID NTAPI
GannetCancel(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    PGANNET_EXTENSION extension = DeviceObject->DeviceExtension;
    KIRQL irql;

    IoReleaseCancelSpinLock(Irp->CancelIrql);
    KeAcquireSpinLock(&extension->Lock, &irql);
    RemoveEntryList(&Irp->Tail.Overlay.ListEntry);
    KeReleaseSpinLock(&extension->Lock, irql);
    Irp->IoStatus.Status = STATUS_CANCELLED;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
}

static NTSTATUS NTAPI
GannetRead(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    PGANNET_EXTENSION extension = DeviceObject->DeviceExtension;
    KIRQL irql;

    KeAcquireSpinLock(&extension->Lock, &irql);
    IoSetCancelRoutine(Irp, GannetCancel);
    if (Irp->Cancel && IoSetCancelRoutine(Irp, NULL) != NULL) {
        KeReleaseSpinLock(&extension->Lock, irql);
        Irp->IoStatus.Status = STATUS_CANCELLED;
        Irp->IoStatus.Information = 0;
        IoCompleteRequest(Irp, IO_NO_INCREMENT);
        return STATUS_CANCELLED;
    }
    IoMarkIrpPending(Irp);
    InsertTailList(&extension->Queue, &Irp->Tail.Overlay.ListEntry);
    KeReleaseSpinLock(&extension->Lock, irql);
    return STATUS_PENDING;
}

static VOID NTAPI
GannetUnload(PDRIVER_OBJECT DriverObject)
{
    IoDeleteDevice(DriverObject->DeviceObject);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    PGANNET_EXTENSION extension;
    PDEVICE_OBJECT device;
    NTSTATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    status = IoCreateDevice(DriverObject, sizeof(*extension), NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &device);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    extension = device->DeviceExtension;
    KeInitializeSpinLock(&extension->Lock);
    InitializeListHead(&extension->Queue);
    DriverObject->MajorFunction[IRP_MJ_READ] = GannetRead;
    DriverObject->DriverUnload = GannetUnload;
    return STATUS_SUCCESS;
}
