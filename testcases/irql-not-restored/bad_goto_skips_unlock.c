/* trellis: two locks; the goto that leaves early jumps past the release of the inner one. */
#include <ntddk.h>

static KSPIN_LOCK TrellisOuter;
static KSPIN_LOCK TrellisInner;
static ULONG TrellisCells[32];
static ULONG TrellisUsed;

static NTSTATUS
TrellisPlace(ULONG Cell, ULONG Value)
{
    KLOCK_QUEUE_HANDLE outer;
    NTSTATUS status = STATUS_SUCCESS;

    KeAcquireInStackQueuedSpinLock(&TrellisOuter, &outer);
    if (Cell >= ARRAYSIZE(TrellisCells)) {
        status = STATUS_INVALID_PARAMETER;
        goto Outer;
    }
    KeAcquireSpinLockAtDpcLevel(&TrellisInner);
    if (TrellisCells[Cell] != 0) {
        status = STATUS_OBJECT_NAME_COLLISION;
        goto Outer;
    }
    TrellisCells[Cell] = Value;
    TrellisUsed++;
    KeReleaseSpinLockFromDpcLevel(&TrellisInner);
Outer:
    KeReleaseInStackQueuedSpinLock(&outer);
    return status; // EXPECT: irql-not-restored
}

static NTSTATUS NTAPI
TrellisControl(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
    ULONG code = stack->Parameters.DeviceIoControl.IoControlCode;
    PULONG buffer = Irp->AssociatedIrp.SystemBuffer;
    NTSTATUS status;

    UNREFERENCED_PARAMETER(DeviceObject);
    if (stack->Parameters.DeviceIoControl.InputBufferLength < sizeof(ULONG)) {
        status = STATUS_INVALID_PARAMETER;
    } else {
        status = TrellisPlace(*buffer, code);
    }
    Irp->IoStatus.Status = status;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return status;
}

static PDEVICE_OBJECT TrellisDevice;

static NTSTATUS NTAPI
TrellisCreateClose(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    Irp->IoStatus.Status = STATUS_SUCCESS;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static VOID NTAPI
TrellisUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    IoDeleteDevice(TrellisDevice);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    KeInitializeSpinLock(&TrellisOuter);
    KeInitializeSpinLock(&TrellisInner);
    DriverObject->MajorFunction[IRP_MJ_CREATE] = TrellisCreateClose;
    DriverObject->MajorFunction[IRP_MJ_CLOSE] = TrellisCreateClose;
    DriverObject->MajorFunction[IRP_MJ_DEVICE_CONTROL] = TrellisControl;
    DriverObject->DriverUnload = TrellisUnload;
    return IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &TrellisDevice);
}
