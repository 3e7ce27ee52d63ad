/* kestrel: the same transaction with a status word; every way through the caller ends it, also the loop's. */
#include <ntddk.h>

typedef struct _KESTREL_TX { KLOCK_QUEUE_HANDLE Queue; BOOLEAN Open; } KESTREL_TX, *PKESTREL_TX;

static KSPIN_LOCK KestrelLock;
static ULONG KestrelValues[4];

static VOID
KestrelBegin(PKESTREL_TX Tx)
{
    KeAcquireInStackQueuedSpinLock(&KestrelLock, &Tx->Queue);
    Tx->Open = TRUE;
}

static VOID
KestrelEnd(PKESTREL_TX Tx)
{
    if (Tx->Open) {
        Tx->Open = FALSE;
        KeReleaseInStackQueuedSpinLock(&Tx->Queue);
    }
}

static NTSTATUS
KestrelUpdate(ULONG Count, ULONG Value)
{
    LARGE_INTEGER pause = { .QuadPart = -10000 };
    KESTREL_TX tx = { 0 };
    NTSTATUS status = STATUS_SUCCESS;
    ULONG i;

    for (i = 0; i < Count; i++) {
        KestrelBegin(&tx);
        if (KestrelValues[i % 4] > Value) {
            status = STATUS_REQUEST_ABORTED;
            break;
        }
        KestrelValues[i % 4] = Value;
        KestrelEnd(&tx);
        KeDelayExecutionThread(KernelMode, FALSE, &pause);
    }
    KestrelEnd(&tx);
    return status;
}

static NTSTATUS NTAPI
KestrelControl(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
    ULONG code = stack->Parameters.DeviceIoControl.IoControlCode;
    PULONG buffer = Irp->AssociatedIrp.SystemBuffer;
    NTSTATUS status;

    UNREFERENCED_PARAMETER(DeviceObject);
    if (stack->Parameters.DeviceIoControl.InputBufferLength < sizeof(ULONG)) {
        status = STATUS_INVALID_PARAMETER;
    } else {
        status = KestrelUpdate(*buffer, code);
    }
    Irp->IoStatus.Status = status;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return status;
}

static PDEVICE_OBJECT KestrelDevice;

static NTSTATUS NTAPI
KestrelCreateClose(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    Irp->IoStatus.Status = STATUS_SUCCESS;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static VOID NTAPI
KestrelUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    IoDeleteDevice(KestrelDevice);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    KeInitializeSpinLock(&KestrelLock);
    DriverObject->MajorFunction[IRP_MJ_CREATE] = KestrelCreateClose;
    DriverObject->MajorFunction[IRP_MJ_CLOSE] = KestrelCreateClose;
    DriverObject->MajorFunction[IRP_MJ_DEVICE_CONTROL] = KestrelControl;
    DriverObject->DriverUnload = KestrelUnload;
    return IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &KestrelDevice);
}
