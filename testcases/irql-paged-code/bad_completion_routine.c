/* spout: a filter. The completion routine is in the PAGE section. */
#include <wdm.h>

typedef struct _SPOUT { PDEVICE_OBJECT Lower; volatile LONG Failures; } SPOUT, *PSPOUT;

static IO_COMPLETION_ROUTINE SpoutDone;
static DRIVER_DISPATCH SpoutPower;
static DRIVER_DISPATCH SpoutControl;

#pragma alloc_text(PAGE, SpoutControl)
#pragma alloc_text(PAGE, SpoutDone)

static NTSTATUS NTAPI
SpoutDone(PDEVICE_OBJECT DeviceObject, PIRP Irp, PVOID Context)
{
    PSPOUT spout = Context;

    UNREFERENCED_PARAMETER(DeviceObject);
    if (Irp->PendingReturned) {
        IoMarkIrpPending(Irp);
    }
    if (!NT_SUCCESS(Irp->IoStatus.Status)) {
        InterlockedIncrement(&spout->Failures);
    }
    return STATUS_CONTINUE_COMPLETION;
}

static NTSTATUS NTAPI
SpoutControl(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    PSPOUT spout = DeviceObject->DeviceExtension;

    PAGED_CODE();
    IoCopyCurrentIrpStackLocationToNext(Irp);
    IoSetCompletionRoutine(Irp, SpoutDone, spout, TRUE, TRUE, FALSE); // EXPECT: irql-paged-code
    return IoCallDriver(spout->Lower, Irp);
}

static NTSTATUS NTAPI
SpoutPower(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    PSPOUT spout = DeviceObject->DeviceExtension;

    IoSkipCurrentIrpStackLocation(Irp);
    return PoCallDriver(spout->Lower, Irp);
}

static NTSTATUS NTAPI
SpoutAddDevice(PDRIVER_OBJECT DriverObject, PDEVICE_OBJECT Pdo)
{
    PDEVICE_OBJECT device;
    NTSTATUS status;

    PAGED_CODE();
    status = IoCreateDevice(DriverObject, sizeof(SPOUT), NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &device);
    if (NT_SUCCESS(status)) {
        ((PSPOUT)device->DeviceExtension)->Lower = IoAttachDeviceToDeviceStack(device, Pdo);
        device->Flags &= ~DO_DEVICE_INITIALIZING;
    }
    return status;
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverExtension->AddDevice = SpoutAddDevice;
    DriverObject->MajorFunction[IRP_MJ_DEVICE_CONTROL] = SpoutControl;
    DriverObject->MajorFunction[IRP_MJ_POWER] = SpoutPower;
    return STATUS_SUCCESS;
}
