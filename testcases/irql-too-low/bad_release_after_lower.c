/* robin: lowers first and releases the lock afterwards, in the form that needs DISPATCH_LEVEL. */
#include <ntddk.h>

static KSPIN_LOCK RobinLock;
static ULONG RobinSongs;

static NTSTATUS
RobinSing(ULONG Songs)
{
    KIRQL irql;

    KeRaiseIrql(DISPATCH_LEVEL, &irql);
    KeAcquireSpinLockAtDpcLevel(&RobinLock);
    RobinSongs += Songs;
    KeLowerIrql(irql);
    KeReleaseSpinLockFromDpcLevel(&RobinLock); // EXPECT: irql-too-low
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
RobinControl(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
    ULONG code = stack->Parameters.DeviceIoControl.IoControlCode;
    PULONG buffer = Irp->AssociatedIrp.SystemBuffer;
    NTSTATUS status;

    UNREFERENCED_PARAMETER(DeviceObject);
    if (stack->Parameters.DeviceIoControl.InputBufferLength < sizeof(ULONG)) {
        status = STATUS_INVALID_PARAMETER;
    } else {
        status = RobinSing(*buffer);
    }
    Irp->IoStatus.Status = status;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return status;
}

static PDEVICE_OBJECT RobinDevice;

static NTSTATUS NTAPI
RobinCreateClose(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    Irp->IoStatus.Status = STATUS_SUCCESS;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static VOID NTAPI
RobinUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    IoDeleteDevice(RobinDevice);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    KeInitializeSpinLock(&RobinLock);
    DriverObject->MajorFunction[IRP_MJ_CREATE] = RobinCreateClose;
    DriverObject->MajorFunction[IRP_MJ_CLOSE] = RobinCreateClose;
    DriverObject->MajorFunction[IRP_MJ_DEVICE_CONTROL] = RobinControl;
    DriverObject->DriverUnload = RobinUnload;
    return IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &RobinDevice);
}
