/* knot: lock functions that say what they do; their users are balanced. */
#include <ntddk.h>

static KSPIN_LOCK KnotLock;
static ULONG KnotCount;
static ULONG KnotClosed;

_IRQL_raises_(DISPATCH_LEVEL)
_Acquires_lock_(KnotLock)
static VOID
KnotAcquire(_Out_ _IRQL_saves_ PKIRQL OldIrql)
{
    KeAcquireSpinLock(&KnotLock, OldIrql);
}

_IRQL_requires_(DISPATCH_LEVEL)
_Releases_lock_(KnotLock)
static VOID
KnotRelease(_In_ _IRQL_restores_ KIRQL OldIrql)
{
    KeReleaseSpinLock(&KnotLock, OldIrql);
}

_Must_inspect_result_
_When_(return, _Acquires_lock_(KnotLock))
static BOOLEAN
KnotAcquireIfOpen(_Out_ PKIRQL OldIrql)
{
    KnotAcquire(OldIrql);
    if (KnotClosed) {
        KnotRelease(*OldIrql);
        return FALSE;
    }
    return TRUE;
}

static NTSTATUS
KnotAdd(ULONG Amount)
{
    LARGE_INTEGER pause = { .QuadPart = -10000 };
    KIRQL irql;

    if (!KnotAcquireIfOpen(&irql)) {
        KeDelayExecutionThread(KernelMode, FALSE, &pause);
        return STATUS_DEVICE_NOT_READY;
    }
    KnotCount += Amount;
    KnotClosed = KnotCount > 1000;
    KnotRelease(irql);
    KeDelayExecutionThread(KernelMode, FALSE, &pause);
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
KnotControl(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
    ULONG code = stack->Parameters.DeviceIoControl.IoControlCode;
    PULONG buffer = Irp->AssociatedIrp.SystemBuffer;
    NTSTATUS status;

    UNREFERENCED_PARAMETER(DeviceObject);
    if (stack->Parameters.DeviceIoControl.InputBufferLength < sizeof(ULONG)) {
        status = STATUS_INVALID_PARAMETER;
    } else {
        status = KnotAdd(*buffer);
    }
    Irp->IoStatus.Status = status;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return status;
}

static PDEVICE_OBJECT KnotDevice;

static NTSTATUS NTAPI
KnotCreateClose(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    Irp->IoStatus.Status = STATUS_SUCCESS;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static VOID NTAPI
KnotUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    IoDeleteDevice(KnotDevice);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    KeInitializeSpinLock(&KnotLock);
    DriverObject->MajorFunction[IRP_MJ_CREATE] = KnotCreateClose;
    DriverObject->MajorFunction[IRP_MJ_CLOSE] = KnotCreateClose;
    DriverObject->MajorFunction[IRP_MJ_DEVICE_CONTROL] = KnotControl;
    DriverObject->DriverUnload = KnotUnload;
    return IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &KnotDevice);
}
