/* bunting: NULL means "not found, nothing held", except for a closed slot, where the lock is still held. */
#include <ntddk.h>

typedef struct _BUNTING { ULONG Id; BOOLEAN Closed; ULONG Uses; } BUNTING, *PBUNTING;

static KSPIN_LOCK BuntingLock;
static BUNTING Buntings[8];

static PBUNTING
BuntingAcquire(ULONG Id, PKIRQL Irql)
{
    ULONG i;

    KeAcquireSpinLock(&BuntingLock, Irql);
    for (i = 0; i < ARRAYSIZE(Buntings); i++) {
        if (Buntings[i].Id != Id) {
            continue;
        }
        if (Buntings[i].Closed) {
            return NULL; // EXPECT: irql-not-restored
        }
        return &Buntings[i];
    }
    KeReleaseSpinLock(&BuntingLock, *Irql);
    return NULL;
}

static NTSTATUS
BuntingUse(ULONG Id)
{
    KIRQL irql;
    PBUNTING b = BuntingAcquire(Id, &irql);

    if (b == NULL) {
        return STATUS_NOT_FOUND;
    }
    b->Uses++;
    b->Closed = b->Uses > 10;
    KeReleaseSpinLock(&BuntingLock, irql);
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
BuntingControl(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
    ULONG code = stack->Parameters.DeviceIoControl.IoControlCode;
    PULONG buffer = Irp->AssociatedIrp.SystemBuffer;
    NTSTATUS status;

    UNREFERENCED_PARAMETER(DeviceObject);
    if (stack->Parameters.DeviceIoControl.InputBufferLength < sizeof(ULONG)) {
        status = STATUS_INVALID_PARAMETER;
    } else {
        status = BuntingUse(*buffer);
    }
    Irp->IoStatus.Status = status;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return status;
}

static PDEVICE_OBJECT BuntingDevice;

static NTSTATUS NTAPI
BuntingCreateClose(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    Irp->IoStatus.Status = STATUS_SUCCESS;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static VOID NTAPI
BuntingUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    IoDeleteDevice(BuntingDevice);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    KeInitializeSpinLock(&BuntingLock);
    DriverObject->MajorFunction[IRP_MJ_CREATE] = BuntingCreateClose;
    DriverObject->MajorFunction[IRP_MJ_CLOSE] = BuntingCreateClose;
    DriverObject->MajorFunction[IRP_MJ_DEVICE_CONTROL] = BuntingControl;
    DriverObject->DriverUnload = BuntingUnload;
    return IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &BuntingDevice);
}
