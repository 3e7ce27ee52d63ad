/* ferry: sends a request down and waits for it. Only the dispatch routine waits; the completion routine signals and keeps the IRP. */
#include <wdm.h>

typedef struct _FERRY {
    PDEVICE_OBJECT Lower;
    KEVENT Taken;
} FERRY, *PFERRY;

typedef struct _FERRY_TRIP {
    KEVENT Done;
    PFERRY Ferry;
} FERRY_TRIP, *PFERRY_TRIP;

static IO_COMPLETION_ROUTINE FerryDone;

static NTSTATUS NTAPI
FerryDone(PDEVICE_OBJECT DeviceObject, PIRP Irp, PVOID Context)
{
    PFERRY_TRIP trip = Context;

    UNREFERENCED_PARAMETER(DeviceObject);
    UNREFERENCED_PARAMETER(Irp);
    KeSetEvent(&trip->Done, IO_NO_INCREMENT, FALSE);
    return STATUS_MORE_PROCESSING_REQUIRED;
}

static NTSTATUS
FerrySend(PFERRY Ferry, PIRP Irp)
{
    FERRY_TRIP trip;
    NTSTATUS status;

    trip.Ferry = Ferry;
    KeInitializeEvent(&trip.Done, NotificationEvent, FALSE);
    IoCopyCurrentIrpStackLocationToNext(Irp);
    IoSetCompletionRoutine(Irp, FerryDone, &trip, TRUE, TRUE, TRUE);
    status = IoCallDriver(Ferry->Lower, Irp);
    if (status == STATUS_PENDING) {
        KeWaitForSingleObject(&trip.Done, Executive, KernelMode, FALSE, NULL);
        status = Irp->IoStatus.Status;
    }
    KeWaitForSingleObject(&Ferry->Taken, Executive, KernelMode, FALSE, NULL);
    return status;
}

static NTSTATUS NTAPI
FerryPnp(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    PFERRY ferry = DeviceObject->DeviceExtension;
    NTSTATUS status;

    if (IoGetCurrentIrpStackLocation(Irp)->MinorFunction != IRP_MN_START_DEVICE) {
        IoSkipCurrentIrpStackLocation(Irp);
        return IoCallDriver(ferry->Lower, Irp);
    }
    status = FerrySend(ferry, Irp);
    Irp->IoStatus.Status = status;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return status;
}

static NTSTATUS NTAPI
FerryAddDevice(PDRIVER_OBJECT DriverObject, PDEVICE_OBJECT Pdo)
{
    PDEVICE_OBJECT device;
    PFERRY ferry;
    NTSTATUS status;

    status = IoCreateDevice(DriverObject, sizeof(*ferry), NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &device);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    ferry = device->DeviceExtension;
    KeInitializeEvent(&ferry->Taken, SynchronizationEvent, TRUE);
    ferry->Lower = IoAttachDeviceToDeviceStack(device, Pdo);
    device->Flags &= ~DO_DEVICE_INITIALIZING;
    return STATUS_SUCCESS;
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverExtension->AddDevice = FerryAddDevice;
    DriverObject->MajorFunction[IRP_MJ_PNP] = FerryPnp;
    return STATUS_SUCCESS;
}
