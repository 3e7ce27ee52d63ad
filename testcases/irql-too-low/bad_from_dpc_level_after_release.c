/* sluice: the slow branch drops the lock to grow the table, and releases it once more, the DPC way. */
#include <ntddk.h>

#define SLUICE_TAG 'iulS'

static KSPIN_LOCK SluiceLock;
static PULONG SluiceTable;
static ULONG SluiceSize;

static NTSTATUS
SluicePut(ULONG Index, ULONG Value)
{
    PULONG table;
    KIRQL irql;

    irql = KeAcquireSpinLockRaiseToDpc(&SluiceLock);
    if (Index < SluiceSize) {
        SluiceTable[Index] = Value;
        KeReleaseSpinLock(&SluiceLock, irql);
        return STATUS_SUCCESS;
    }
    KeReleaseSpinLock(&SluiceLock, irql);

    table = ExAllocatePoolWithTag(NonPagedPoolNx, (Index + 1) * sizeof(ULONG), SLUICE_TAG);
    if (table == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    RtlZeroMemory(table, (Index + 1) * sizeof(ULONG));

    KeAcquireSpinLockAtDpcLevel(&SluiceLock); // EXPECT: irql-too-low
    RtlCopyMemory(table, SluiceTable, SluiceSize * sizeof(ULONG));
    if (SluiceTable != NULL) {
        ExFreePoolWithTag(SluiceTable, SLUICE_TAG);
    }
    SluiceTable = table;
    SluiceSize = Index + 1;
    SluiceTable[Index] = Value;
    KeReleaseSpinLockFromDpcLevel(&SluiceLock);
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
SluiceControl(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
    ULONG code = stack->Parameters.DeviceIoControl.IoControlCode;
    PULONG buffer = Irp->AssociatedIrp.SystemBuffer;
    NTSTATUS status;

    UNREFERENCED_PARAMETER(DeviceObject);
    if (stack->Parameters.DeviceIoControl.InputBufferLength < sizeof(ULONG)) {
        status = STATUS_INVALID_PARAMETER;
    } else {
        status = SluicePut(*buffer & 0x3FF, code);
    }
    Irp->IoStatus.Status = status;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return status;
}

static PDEVICE_OBJECT SluiceDevice;

static NTSTATUS NTAPI
SluiceCreateClose(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    Irp->IoStatus.Status = STATUS_SUCCESS;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static VOID NTAPI
SluiceUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    IoDeleteDevice(SluiceDevice);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    KeInitializeSpinLock(&SluiceLock);
    DriverObject->MajorFunction[IRP_MJ_CREATE] = SluiceCreateClose;
    DriverObject->MajorFunction[IRP_MJ_CLOSE] = SluiceCreateClose;
    DriverObject->MajorFunction[IRP_MJ_DEVICE_CONTROL] = SluiceControl;
    DriverObject->DriverUnload = SluiceUnload;
    return IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &SluiceDevice);
}
