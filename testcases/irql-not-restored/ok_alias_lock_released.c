/* twin: two tables with a lock each. The lock is released through another pointer to it. */
#include <ntddk.h>

typedef struct _TWIN { KSPIN_LOCK Lock; ULONG Rows; } TWIN, *PTWIN;

static TWIN TwinLeft, TwinRight;
static PDEVICE_OBJECT TwinDevice;

static NTSTATUS
TwinAdd(ULONG Rows)
{
    PKSPIN_LOCK lock = &TwinLeft.Lock;
    KIRQL irql;

    if (Rows > 1000) {
        return STATUS_QUOTA_EXCEEDED;
    }
    KeAcquireSpinLock(&TwinLeft.Lock, &irql);
    if (TwinLeft.Rows + Rows > 100) {
        KeReleaseSpinLock(lock, irql);
        return STATUS_QUOTA_EXCEEDED;
    }
    TwinLeft.Rows += Rows;
    KeReleaseSpinLock(&TwinLeft.Lock, irql);

    KeAcquireSpinLock(&TwinRight.Lock, &irql);
    TwinRight.Rows += Rows;
    KeReleaseSpinLock(&TwinRight.Lock, irql);
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
TwinWrite(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    NTSTATUS status = TwinAdd(IoGetCurrentIrpStackLocation(Irp)->Parameters.Write.Length);

    UNREFERENCED_PARAMETER(DeviceObject);
    Irp->IoStatus.Status = status;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return status;
}

static NTSTATUS NTAPI
TwinCreateClose(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    Irp->IoStatus.Status = STATUS_SUCCESS;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static VOID NTAPI
TwinUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    IoDeleteDevice(TwinDevice);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    status = IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &TwinDevice);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    KeInitializeSpinLock(&TwinLeft.Lock);
    KeInitializeSpinLock(&TwinRight.Lock);
    DriverObject->MajorFunction[IRP_MJ_WRITE] = TwinWrite;
    DriverObject->MajorFunction[IRP_MJ_CREATE] = TwinCreateClose;
    DriverObject->MajorFunction[IRP_MJ_CLOSE] = TwinCreateClose;
    DriverObject->DriverUnload = TwinUnload;
    return STATUS_SUCCESS;
}
