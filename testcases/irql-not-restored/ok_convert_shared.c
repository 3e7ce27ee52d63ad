/* scribe: readers become writers. A failed conversion releases and starts again as a writer. */
#include <ntddk.h>

static EX_SPIN_LOCK ScribeLock;
static ULONG ScribeLines, ScribeReads;
static PDEVICE_OBJECT ScribeDevice;

static ULONG
ScribeAppend(ULONG Wanted)
{
    ULONG line;
    KIRQL irql;

    irql = ExAcquireSpinLockShared(&ScribeLock);
    line = ScribeLines;
    if (line >= Wanted) {
        ExReleaseSpinLockShared(&ScribeLock, irql);
        return line;
    }
    if (!ExTryConvertSharedSpinLockExclusive(&ScribeLock)) {
        ExReleaseSpinLockShared(&ScribeLock, irql);
        irql = ExAcquireSpinLockExclusive(&ScribeLock);
    }
    line = ++ScribeLines;
    ExReleaseSpinLockExclusive(&ScribeLock, irql);
    return line;
}

static NTSTATUS NTAPI
ScribeWrite(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    Irp->IoStatus.Information = ScribeAppend(IoGetCurrentIrpStackLocation(Irp)->Parameters.Write.Length);
    Irp->IoStatus.Status = STATUS_SUCCESS;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
ScribeCreateClose(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    Irp->IoStatus.Status = STATUS_SUCCESS;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static VOID NTAPI
ScribeUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    IoDeleteDevice(ScribeDevice);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    status = IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &ScribeDevice);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    DriverObject->MajorFunction[IRP_MJ_WRITE] = ScribeWrite;
    DriverObject->MajorFunction[IRP_MJ_CREATE] = ScribeCreateClose;
    DriverObject->MajorFunction[IRP_MJ_CLOSE] = ScribeCreateClose;
    DriverObject->DriverUnload = ScribeUnload;
    return STATUS_SUCCESS;
}
