/* turnstile: a try-lock whose status says which of the two states it is; annotated and plain wrappers beside it. */
#include <ntddk.h>

static KSPIN_LOCK TurnstileLock;
static BOOLEAN TurnstileClosed;
static ULONG TurnstileCount;

static VOID
TurnstileEnter(PKIRQL Irql)
{
    KeAcquireSpinLock(&TurnstileLock, Irql);
}

static VOID
TurnstileLeave(KIRQL Irql)
{
    KeReleaseSpinLock(&TurnstileLock, Irql);
}

static NTSTATUS
TurnstileTry(PKIRQL Irql)
{
    TurnstileEnter(Irql);
    if (TurnstileClosed) {
        TurnstileLeave(*Irql);
        return STATUS_DEVICE_NOT_READY;
    }
    return STATUS_SUCCESS;
}

static NTSTATUS
TurnstilePass(ULONG Persons)
{
    NTSTATUS status;
    KIRQL irql;

    status = TurnstileTry(&irql);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    TurnstileCount += Persons;
    TurnstileLeave(irql);
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
TurnstileControl(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
    ULONG code = stack->Parameters.DeviceIoControl.IoControlCode;
    PULONG buffer = Irp->AssociatedIrp.SystemBuffer;
    NTSTATUS status;

    UNREFERENCED_PARAMETER(DeviceObject);
    if (stack->Parameters.DeviceIoControl.InputBufferLength < sizeof(ULONG)) {
        status = STATUS_INVALID_PARAMETER;
    } else {
        status = TurnstilePass(*buffer);
    }
    Irp->IoStatus.Status = status;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return status;
}

static PDEVICE_OBJECT TurnstileDevice;

static NTSTATUS NTAPI
TurnstileCreateClose(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    Irp->IoStatus.Status = STATUS_SUCCESS;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static VOID NTAPI
TurnstileUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    IoDeleteDevice(TurnstileDevice);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    KeInitializeSpinLock(&TurnstileLock);
    DriverObject->MajorFunction[IRP_MJ_CREATE] = TurnstileCreateClose;
    DriverObject->MajorFunction[IRP_MJ_CLOSE] = TurnstileCreateClose;
    DriverObject->MajorFunction[IRP_MJ_DEVICE_CONTROL] = TurnstileControl;
    DriverObject->DriverUnload = TurnstileUnload;
    return IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &TurnstileDevice);
}
