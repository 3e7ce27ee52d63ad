/* stile: cleanup tries the lock and leaves the rest to others when it is busy. KeTryToAcquireSpinLockAtDpcLevel is called at PASSIVE_LEVEL. */
#include <ntddk.h>

static KSPIN_LOCK StileLock;
static ULONG StilePassed;
static PDEVICE_OBJECT StileDevice;

static NTSTATUS NTAPI
StileCleanup(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    if (KeTryToAcquireSpinLockAtDpcLevel(&StileLock)) { // EXPECT: irql-too-low
        StilePassed = 0;
        KeReleaseSpinLockFromDpcLevel(&StileLock);
    }
    Irp->IoStatus.Status = STATUS_SUCCESS;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
StileWrite(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    KIRQL irql;

    UNREFERENCED_PARAMETER(DeviceObject);
    KeAcquireSpinLock(&StileLock, &irql);
    StilePassed++;
    KeReleaseSpinLock(&StileLock, irql);
    Irp->IoStatus.Status = STATUS_SUCCESS;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
StileCreateClose(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    Irp->IoStatus.Status = STATUS_SUCCESS;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static VOID NTAPI
StileUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    IoDeleteDevice(StileDevice);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    status = IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &StileDevice);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    KeInitializeSpinLock(&StileLock);
    DriverObject->MajorFunction[IRP_MJ_CLEANUP] = StileCleanup;
    DriverObject->MajorFunction[IRP_MJ_WRITE] = StileWrite;
    DriverObject->MajorFunction[IRP_MJ_CREATE] = StileCreateClose;
    DriverObject->MajorFunction[IRP_MJ_CLOSE] = StileCreateClose;
    DriverObject->DriverUnload = StileUnload;
    return STATUS_SUCCESS;
}
