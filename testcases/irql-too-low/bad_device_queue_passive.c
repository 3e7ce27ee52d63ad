/* whimbrel: a request goes into a device queue at PASSIVE_LEVEL. */
#include <ntddk.h>

static KDEVICE_QUEUE WhimbrelQueue;
static PDEVICE_OBJECT WhimbrelDevice;

static VOID
WhimbrelServe(PIRP Irp)
{
    PKDEVICE_QUEUE_ENTRY next;
    KIRQL irql;

    while (Irp != NULL) {
        Irp->IoStatus.Status = STATUS_SUCCESS;
        Irp->IoStatus.Information = 0;
        IoCompleteRequest(Irp, IO_NO_INCREMENT);
        KeRaiseIrql(DISPATCH_LEVEL, &irql);
        next = KeRemoveDeviceQueue(&WhimbrelQueue);
        KeLowerIrql(irql);
        Irp = next != NULL ? CONTAINING_RECORD(next, IRP, Tail.Overlay.DeviceQueueEntry) : NULL;
    }
}

static NTSTATUS NTAPI
WhimbrelRead(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    IoMarkIrpPending(Irp);
    if (!KeInsertDeviceQueue(&WhimbrelQueue, &Irp->Tail.Overlay.DeviceQueueEntry)) { // EXPECT: irql-too-low
        WhimbrelServe(Irp);
    }
    return STATUS_PENDING;
}

static VOID NTAPI
WhimbrelUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    IoDeleteDevice(WhimbrelDevice);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    KeInitializeDeviceQueue(&WhimbrelQueue);
    DriverObject->MajorFunction[IRP_MJ_READ] = WhimbrelRead;
    DriverObject->DriverUnload = WhimbrelUnload;
    return IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &WhimbrelDevice);
}
