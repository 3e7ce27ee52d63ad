/* queuer: a worker finishes packets. IoStartNextPacket must be called at DISPATCH_LEVEL. */
#include <ntddk.h>

static PDEVICE_OBJECT QueuerDevice;
static PIO_WORKITEM QueuerItem;
static DRIVER_STARTIO QueuerStartIo;
static IO_WORKITEM_ROUTINE QueuerWorker;

static VOID
QueuerFinish(PDEVICE_OBJECT DeviceObject, PIRP Irp, NTSTATUS Status)
{
    KIRQL irql;

    Irp->IoStatus.Status = Status;
    Irp->IoStatus.Information = 0;
    KeRaiseIrql(DISPATCH_LEVEL, &irql);
    IoStartNextPacket(DeviceObject, FALSE);
    KeLowerIrql(irql);
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
}

static VOID NTAPI
QueuerWorker(PDEVICE_OBJECT DeviceObject, PVOID Context)
{
    QueuerFinish(DeviceObject, Context, STATUS_SUCCESS);
}

static VOID NTAPI
QueuerStartIo(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    IoQueueWorkItem(QueuerItem, QueuerWorker, DelayedWorkQueue, Irp);
    UNREFERENCED_PARAMETER(DeviceObject);
}

static NTSTATUS NTAPI
QueuerWrite(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    IoMarkIrpPending(Irp);
    IoStartPacket(DeviceObject, Irp, NULL, NULL);
    return STATUS_PENDING;
}

static NTSTATUS NTAPI
QueuerCreateClose(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    Irp->IoStatus.Status = STATUS_SUCCESS;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static VOID NTAPI
QueuerUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    IoFreeWorkItem(QueuerItem);
    IoDeleteDevice(QueuerDevice);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    status = IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &QueuerDevice);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    QueuerItem = IoAllocateWorkItem(QueuerDevice);
    if (QueuerItem == NULL) { IoDeleteDevice(QueuerDevice); return STATUS_INSUFFICIENT_RESOURCES; }
    DriverObject->DriverStartIo = QueuerStartIo;
    DriverObject->MajorFunction[IRP_MJ_WRITE] = QueuerWrite;
    DriverObject->MajorFunction[IRP_MJ_CREATE] = QueuerCreateClose;
    DriverObject->MajorFunction[IRP_MJ_CLOSE] = QueuerCreateClose;
    DriverObject->DriverUnload = QueuerUnload;
    return STATUS_SUCCESS;
}
