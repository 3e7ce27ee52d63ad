/* rook: a fast mutex raises to APC_LEVEL; one way out keeps it. */
#include <ntddk.h>

static FAST_MUTEX RookMutex;
static ULONG RookEntries[32];
static ULONG RookCount;

static NTSTATUS
RookAdd(ULONG Value)
{
    ULONG i;

    ExAcquireFastMutex(&RookMutex);
    for (i = 0; i < RookCount; i++) {
        if (RookEntries[i] == Value) {
            ExReleaseFastMutex(&RookMutex);
            return STATUS_OBJECT_NAME_COLLISION;
        }
    }
    if (RookCount == ARRAYSIZE(RookEntries)) {
        return STATUS_INSUFFICIENT_RESOURCES; // EXPECT: irql-not-restored
    }
    RookEntries[RookCount++] = Value;
    ExReleaseFastMutex(&RookMutex);
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
RookControl(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
    ULONG code = stack->Parameters.DeviceIoControl.IoControlCode;
    PULONG buffer = Irp->AssociatedIrp.SystemBuffer;
    NTSTATUS status;

    UNREFERENCED_PARAMETER(DeviceObject);
    if (stack->Parameters.DeviceIoControl.InputBufferLength < sizeof(ULONG)) {
        status = STATUS_INVALID_PARAMETER;
    } else {
        status = RookAdd(*buffer);
    }
    Irp->IoStatus.Status = status;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return status;
}

static PDEVICE_OBJECT RookDevice;

static NTSTATUS NTAPI
RookCreateClose(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    Irp->IoStatus.Status = STATUS_SUCCESS;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static VOID NTAPI
RookUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    IoDeleteDevice(RookDevice);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    ExInitializeFastMutex(&RookMutex);
    DriverObject->MajorFunction[IRP_MJ_CREATE] = RookCreateClose;
    DriverObject->MajorFunction[IRP_MJ_CLOSE] = RookCreateClose;
    DriverObject->MajorFunction[IRP_MJ_DEVICE_CONTROL] = RookControl;
    DriverObject->DriverUnload = RookUnload;
    return IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &RookDevice);
}
