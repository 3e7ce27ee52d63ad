/* dunnock: the caller says whether it holds the lock; the flags word remembers what was taken. */
#include <ntddk.h>

#define DUNNOCK_HAVE_LOCK  0x1
#define DUNNOCK_TOOK_LOCK  0x2

static KSPIN_LOCK DunnockLock;
static ULONG DunnockTotal;

static VOID
DunnockAdd(ULONG Amount, ULONG Flags)
{
    KIRQL irql = PASSIVE_LEVEL;

    if ((Flags & DUNNOCK_HAVE_LOCK) == 0) {
        KeAcquireSpinLock(&DunnockLock, &irql);
        Flags |= DUNNOCK_TOOK_LOCK;
    }
    DunnockTotal += Amount;
    if (Flags & DUNNOCK_TOOK_LOCK) {
        KeReleaseSpinLock(&DunnockLock, irql);
    }
}

static NTSTATUS
DunnockAddTwo(ULONG A, ULONG B)
{
    LARGE_INTEGER pause = { .QuadPart = -10000 };
    KIRQL irql;

    KeAcquireSpinLock(&DunnockLock, &irql);
    DunnockAdd(A, DUNNOCK_HAVE_LOCK);
    DunnockAdd(B, DUNNOCK_HAVE_LOCK);
    KeReleaseSpinLock(&DunnockLock, irql);
    DunnockAdd(1, 0);
    return KeDelayExecutionThread(KernelMode, FALSE, &pause);
}

static NTSTATUS NTAPI
DunnockControl(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
    ULONG code = stack->Parameters.DeviceIoControl.IoControlCode;
    PULONG buffer = Irp->AssociatedIrp.SystemBuffer;
    NTSTATUS status;

    UNREFERENCED_PARAMETER(DeviceObject);
    if (stack->Parameters.DeviceIoControl.InputBufferLength < sizeof(ULONG)) {
        status = STATUS_INVALID_PARAMETER;
    } else {
        status = DunnockAddTwo(*buffer, code);
    }
    Irp->IoStatus.Status = status;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return status;
}

static PDEVICE_OBJECT DunnockDevice;

static NTSTATUS NTAPI
DunnockCreateClose(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    Irp->IoStatus.Status = STATUS_SUCCESS;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static VOID NTAPI
DunnockUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    IoDeleteDevice(DunnockDevice);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    KeInitializeSpinLock(&DunnockLock);
    DriverObject->MajorFunction[IRP_MJ_CREATE] = DunnockCreateClose;
    DriverObject->MajorFunction[IRP_MJ_CLOSE] = DunnockCreateClose;
    DriverObject->MajorFunction[IRP_MJ_DEVICE_CONTROL] = DunnockControl;
    DriverObject->DriverUnload = DunnockUnload;
    return IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &DunnockDevice);
}
