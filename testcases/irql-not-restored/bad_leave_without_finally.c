/* cellar: the input buffer is read under the lock, guarded by __try. The way out by __leave has no release. */
#include <ntddk.h>

static KSPIN_LOCK CellarLock;
static ULONG CellarBottles;
static PDEVICE_OBJECT CellarDevice;

static NTSTATUS
CellarStore(PULONG Count)
{
    NTSTATUS status = STATUS_SUCCESS;
    KIRQL irql;

    if (*Count > 1000) {
        return STATUS_DISK_FULL;
    }
    KeAcquireSpinLock(&CellarLock, &irql);
    __try {
        if (CellarBottles + *Count > 1000) {
            status = STATUS_DISK_FULL;
            __leave;
        }
        CellarBottles += *Count;
        KeReleaseSpinLock(&CellarLock, irql);
    } __finally {
        if (!NT_SUCCESS(status)) {
            *Count = 0;
        }
    }
    return status; // EXPECT: irql-not-restored
}

static NTSTATUS NTAPI
CellarWrite(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    ULONG count = IoGetCurrentIrpStackLocation(Irp)->Parameters.Write.Length;
    NTSTATUS status = CellarStore(&count);

    UNREFERENCED_PARAMETER(DeviceObject);
    Irp->IoStatus.Status = status;
    Irp->IoStatus.Information = count;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return status;
}

static NTSTATUS NTAPI
CellarCreateClose(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    Irp->IoStatus.Status = STATUS_SUCCESS;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static VOID NTAPI
CellarUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    IoDeleteDevice(CellarDevice);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    status = IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &CellarDevice);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    KeInitializeSpinLock(&CellarLock);
    DriverObject->MajorFunction[IRP_MJ_WRITE] = CellarWrite;
    DriverObject->MajorFunction[IRP_MJ_CREATE] = CellarCreateClose;
    DriverObject->MajorFunction[IRP_MJ_CLOSE] = CellarCreateClose;
    DriverObject->DriverUnload = CellarUnload;
    return STATUS_SUCCESS;
}
