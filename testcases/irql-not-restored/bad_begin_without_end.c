/* falcon: a transaction begins with the lock and ends without; the caller's error path does not end it. */
#include <ntddk.h>

typedef struct _FALCON_TX { KIRQL Irql; ULONG Steps; } FALCON_TX, *PFALCON_TX;

static KSPIN_LOCK FalconLock;
static ULONG FalconValues[4];

static VOID
FalconBegin(PFALCON_TX Tx)
{
    KeAcquireSpinLock(&FalconLock, &Tx->Irql);
    Tx->Steps = 0;
}

static BOOLEAN
FalconStep(PFALCON_TX Tx, ULONG Slot, ULONG Value)
{
    if (FalconValues[Slot % 4] > Value) {
        return FALSE;
    }
    FalconValues[Slot % 4] = Value;
    Tx->Steps++;
    return TRUE;
}

static VOID
FalconEnd(PFALCON_TX Tx)
{
    KeReleaseSpinLock(&FalconLock, Tx->Irql);
}

static NTSTATUS
FalconUpdate(ULONG First, ULONG Second)
{
    FALCON_TX tx;
    NTSTATUS status = STATUS_SUCCESS;

    FalconBegin(&tx);
    if (!FalconStep(&tx, 0, First)) {
        status = STATUS_REQUEST_ABORTED;
    } else if (!FalconStep(&tx, 1, Second)) {
        DbgPrint("falcon: half done\n");
        return STATUS_DATA_ERROR; // EXPECT: irql-not-restored
    }
    FalconEnd(&tx);
    return status;
}

static NTSTATUS NTAPI
FalconControl(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
    ULONG code = stack->Parameters.DeviceIoControl.IoControlCode;
    PULONG buffer = Irp->AssociatedIrp.SystemBuffer;
    NTSTATUS status;

    UNREFERENCED_PARAMETER(DeviceObject);
    if (stack->Parameters.DeviceIoControl.InputBufferLength < sizeof(ULONG)) {
        status = STATUS_INVALID_PARAMETER;
    } else {
        status = FalconUpdate(*buffer, code);
    }
    Irp->IoStatus.Status = status;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return status;
}

static PDEVICE_OBJECT FalconDevice;

static NTSTATUS NTAPI
FalconCreateClose(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    Irp->IoStatus.Status = STATUS_SUCCESS;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static VOID NTAPI
FalconUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    IoDeleteDevice(FalconDevice);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    KeInitializeSpinLock(&FalconLock);
    DriverObject->MajorFunction[IRP_MJ_CREATE] = FalconCreateClose;
    DriverObject->MajorFunction[IRP_MJ_CLOSE] = FalconCreateClose;
    DriverObject->MajorFunction[IRP_MJ_DEVICE_CONTROL] = FalconControl;
    DriverObject->DriverUnload = FalconUnload;
    return IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &FalconDevice);
}
