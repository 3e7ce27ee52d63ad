/* parcel: two nested locks. On one path only the outer one is released, and the inner one stays held. */
#include <ntddk.h>

typedef struct _PARCEL_BIN { KSPIN_LOCK Lock; ULONG Weight; } PARCEL_BIN, *PPARCEL_BIN;

static KSPIN_LOCK ParcelLock;       /* before any bin's lock */
static PARCEL_BIN ParcelBins[2];
static PDEVICE_OBJECT ParcelDevice;

static NTSTATUS
ParcelMove(ULONG From, ULONG To, ULONG Weight)
{
    PPARCEL_BIN from = &ParcelBins[From & 1], to = &ParcelBins[To & 1];
    KIRQL irql;

    if (from == to || Weight > 100) {
        return STATUS_QUOTA_EXCEEDED;
    }
    KeAcquireSpinLock(&ParcelLock, &irql);
    KeAcquireSpinLockAtDpcLevel(&from->Lock);
    if (from->Weight < Weight) {
        KeReleaseSpinLock(&ParcelLock, irql);
        return STATUS_QUOTA_EXCEEDED; // EXPECT: irql-not-restored
    }
    from->Weight -= Weight;
    KeReleaseSpinLockFromDpcLevel(&from->Lock);

    KeAcquireSpinLockAtDpcLevel(&to->Lock);
    to->Weight += Weight;
    KeReleaseSpinLockFromDpcLevel(&to->Lock);
    KeReleaseSpinLock(&ParcelLock, irql);
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
ParcelWrite(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    ULONG length = IoGetCurrentIrpStackLocation(Irp)->Parameters.Write.Length;
    NTSTATUS status = ParcelMove(length, length >> 1, 1);

    UNREFERENCED_PARAMETER(DeviceObject);
    Irp->IoStatus.Status = status;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return status;
}

static NTSTATUS NTAPI
ParcelCreateClose(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    Irp->IoStatus.Status = STATUS_SUCCESS;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static VOID NTAPI
ParcelUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    IoDeleteDevice(ParcelDevice);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    status = IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &ParcelDevice);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    KeInitializeSpinLock(&ParcelLock);
    KeInitializeSpinLock(&ParcelBins[0].Lock);
    KeInitializeSpinLock(&ParcelBins[1].Lock);
    DriverObject->MajorFunction[IRP_MJ_WRITE] = ParcelWrite;
    DriverObject->MajorFunction[IRP_MJ_CREATE] = ParcelCreateClose;
    DriverObject->MajorFunction[IRP_MJ_CLOSE] = ParcelCreateClose;
    DriverObject->DriverUnload = ParcelUnload;
    return STATUS_SUCCESS;
}
