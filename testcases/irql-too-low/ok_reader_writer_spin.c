/* warp: readers and writers, upgrade included, in their proper forms. */
#include <ntddk.h>

static EX_SPIN_LOCK WarpLock;
static ULONG WarpRows[16];
static ULONG WarpVersion;

static NTSTATUS
WarpTouch(ULONG Row)
{
    KIRQL irql;
    ULONG version;

    irql = ExAcquireSpinLockShared(&WarpLock);
    if (WarpRows[Row % 16] != 0) {
        ExReleaseSpinLockShared(&WarpLock, irql);
        return STATUS_OBJECT_NAME_EXISTS;
    }
    if (ExTryConvertSharedSpinLockExclusive(&WarpLock)) {
        WarpRows[Row % 16] = Row;
        WarpVersion++;
        ExReleaseSpinLockExclusive(&WarpLock, irql);
        return STATUS_SUCCESS;
    }
    version = WarpVersion;
    ExReleaseSpinLockShared(&WarpLock, irql);

    irql = ExAcquireSpinLockExclusive(&WarpLock);
    if (version == WarpVersion) {
        WarpRows[Row % 16] = Row;
        WarpVersion++;
    }
    ExReleaseSpinLockExclusive(&WarpLock, irql);
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
WarpControl(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
    ULONG code = stack->Parameters.DeviceIoControl.IoControlCode;
    PULONG buffer = Irp->AssociatedIrp.SystemBuffer;
    NTSTATUS status;

    UNREFERENCED_PARAMETER(DeviceObject);
    if (stack->Parameters.DeviceIoControl.InputBufferLength < sizeof(ULONG)) {
        status = STATUS_INVALID_PARAMETER;
    } else {
        status = WarpTouch(*buffer);
    }
    Irp->IoStatus.Status = status;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return status;
}

static PDEVICE_OBJECT WarpDevice;

static NTSTATUS NTAPI
WarpCreateClose(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    Irp->IoStatus.Status = STATUS_SUCCESS;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static VOID NTAPI
WarpUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    IoDeleteDevice(WarpDevice);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->MajorFunction[IRP_MJ_CREATE] = WarpCreateClose;
    DriverObject->MajorFunction[IRP_MJ_CLOSE] = WarpCreateClose;
    DriverObject->MajorFunction[IRP_MJ_DEVICE_CONTROL] = WarpControl;
    DriverObject->DriverUnload = WarpUnload;
    return IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &WarpDevice);
}
