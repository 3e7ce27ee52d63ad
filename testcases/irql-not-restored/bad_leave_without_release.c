/* baler: the early __leave skips the release that stands inside the guarded body. */
#include <ntddk.h>

static KSPIN_LOCK BalerLock;
static ULONG BalerCount;
static BOOLEAN BalerJammed;

static NTSTATUS
BalerFeed(ULONG Amount)
{
    NTSTATUS status = STATUS_SUCCESS;
    PULONG scratch = NULL;
    KIRQL irql;

    __try {
        scratch = ExAllocatePoolWithTag(NonPagedPoolNx, 64, 'elaB');
        if (scratch == NULL) {
            status = STATUS_INSUFFICIENT_RESOURCES;
            __leave;
        }
        KeAcquireSpinLock(&BalerLock, &irql);
        if (BalerJammed) {
            status = STATUS_DEVICE_BUSY;
            __leave;
        }
        BalerCount += Amount;
        BalerJammed = BalerCount > 1000;
        KeReleaseSpinLock(&BalerLock, irql);
    } __finally {
        if (scratch != NULL) {
            ExFreePoolWithTag(scratch, 'elaB');
        }
    }
    return status; // EXPECT: irql-not-restored
}

static NTSTATUS NTAPI
BalerControl(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
    ULONG code = stack->Parameters.DeviceIoControl.IoControlCode;
    PULONG buffer = Irp->AssociatedIrp.SystemBuffer;
    NTSTATUS status;

    UNREFERENCED_PARAMETER(DeviceObject);
    if (stack->Parameters.DeviceIoControl.InputBufferLength < sizeof(ULONG)) {
        status = STATUS_INVALID_PARAMETER;
    } else {
        status = BalerFeed(*buffer);
    }
    Irp->IoStatus.Status = status;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return status;
}

static PDEVICE_OBJECT BalerDevice;

static NTSTATUS NTAPI
BalerCreateClose(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    Irp->IoStatus.Status = STATUS_SUCCESS;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static VOID NTAPI
BalerUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    IoDeleteDevice(BalerDevice);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    KeInitializeSpinLock(&BalerLock);
    DriverObject->MajorFunction[IRP_MJ_CREATE] = BalerCreateClose;
    DriverObject->MajorFunction[IRP_MJ_CLOSE] = BalerCreateClose;
    DriverObject->MajorFunction[IRP_MJ_DEVICE_CONTROL] = BalerControl;
    DriverObject->DriverUnload = BalerUnload;
    return IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &BalerDevice);
}
