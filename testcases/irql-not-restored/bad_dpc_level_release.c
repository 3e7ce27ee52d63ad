/* chime: one path releases with the FromDpcLevel variant, which leaves the level at DISPATCH_LEVEL. */
#include <ntddk.h>

static KSPIN_LOCK ChimeLock;
static ULONG ChimeRings, ChimeMutes;
static PDEVICE_OBJECT ChimeDevice;

static ULONG
ChimeRing(BOOLEAN Mute)
{
    ULONG rings;
    KIRQL irql;

    KeAcquireSpinLock(&ChimeLock, &irql);
    if (Mute) {
        ChimeMutes++;
        KeReleaseSpinLockFromDpcLevel(&ChimeLock);
        return 0; // EXPECT: irql-not-restored
    }
    rings = ++ChimeRings;
    KeReleaseSpinLock(&ChimeLock, irql);
    return rings;
}

static NTSTATUS NTAPI
ChimeWrite(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    Irp->IoStatus.Information = ChimeRing(IoGetCurrentIrpStackLocation(Irp)->Parameters.Write.Length == 0);
    Irp->IoStatus.Status = STATUS_SUCCESS;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
ChimeCreateClose(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    Irp->IoStatus.Status = STATUS_SUCCESS;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static VOID NTAPI
ChimeUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    IoDeleteDevice(ChimeDevice);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    status = IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &ChimeDevice);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    KeInitializeSpinLock(&ChimeLock);
    DriverObject->MajorFunction[IRP_MJ_WRITE] = ChimeWrite;
    DriverObject->MajorFunction[IRP_MJ_CREATE] = ChimeCreateClose;
    DriverObject->MajorFunction[IRP_MJ_CLOSE] = ChimeCreateClose;
    DriverObject->DriverUnload = ChimeUnload;
    return STATUS_SUCCESS;
}
