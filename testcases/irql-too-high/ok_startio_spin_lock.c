/* spindle: StartIo runs at DISPATCH_LEVEL; its statistics are guarded by a spin lock. */
#include <ntddk.h>

typedef struct _SPINDLE_STATS {
    KSPIN_LOCK Lock;
    ULONG Started;
    ULONG Rejected;
} SPINDLE_STATS;

static SPINDLE_STATS Stats;
static PDEVICE_OBJECT SpindleDevice;
static DRIVER_STARTIO SpindleStartIo;

static VOID
SpindleCount(SPINDLE_STATS *S, BOOLEAN Good)
{
    KIRQL irql;

    KeAcquireSpinLock(&S->Lock, &irql);
    if (Good) {
        S->Started++;
    } else {
        S->Rejected++;
    }
    KeReleaseSpinLock(&S->Lock, irql);
}

static VOID NTAPI
SpindleStartIo(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
    BOOLEAN good = stack->Parameters.Write.Length != 0;

    SpindleCount(&Stats, good);
    Irp->IoStatus.Status = good ? STATUS_SUCCESS : STATUS_INVALID_PARAMETER;
    Irp->IoStatus.Information = good ? stack->Parameters.Write.Length : 0;
    IoStartNextPacket(DeviceObject, FALSE);
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
}

static NTSTATUS NTAPI
SpindleWrite(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    IoMarkIrpPending(Irp);
    IoStartPacket(DeviceObject, Irp, NULL, NULL);
    return STATUS_PENDING;
}

static NTSTATUS NTAPI
SpindleFlush(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    SpindleCount(&Stats, FALSE);
    Irp->IoStatus.Status = STATUS_SUCCESS;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
SpindleCreateClose(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    Irp->IoStatus.Status = STATUS_SUCCESS;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static VOID NTAPI
SpindleUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    IoDeleteDevice(SpindleDevice);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    status = IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &SpindleDevice);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    KeInitializeSpinLock(&Stats.Lock);
    DriverObject->DriverStartIo = SpindleStartIo;
    DriverObject->MajorFunction[IRP_MJ_WRITE] = SpindleWrite;
    DriverObject->MajorFunction[IRP_MJ_FLUSH_BUFFERS] = SpindleFlush;
    DriverObject->MajorFunction[IRP_MJ_CREATE] = SpindleCreateClose;
    DriverObject->MajorFunction[IRP_MJ_CLOSE] = SpindleCreateClose;
    DriverObject->DriverUnload = SpindleUnload;
    return STATUS_SUCCESS;
}
