/* almanac: non-paged blocks come and go at any level, paged ones only where that is allowed. */
#include <ntddk.h>

#define ALMANAC_TAG 'namA'

static KSPIN_LOCK AlmanacLock;
static PULONG AlmanacFast;
static PULONG AlmanacSlow;

static NTSTATUS
AlmanacReplace(ULONG Day)
{
    PULONG fast = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(ULONG), ALMANAC_TAG);
    PULONG slow = ExAllocatePool2(POOL_FLAG_PAGED, sizeof(ULONG), ALMANAC_TAG);
    PULONG old;
    KIRQL irql;

    if (fast == NULL || slow == NULL) {
        if (fast != NULL) {
            ExFreePoolWithTag(fast, ALMANAC_TAG);
        }
        if (slow != NULL) {
            ExFreePoolWithTag(slow, ALMANAC_TAG);
        }
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    *fast = Day;
    *slow = Day;

    KeAcquireSpinLock(&AlmanacLock, &irql);
    if (AlmanacFast != NULL) {
        ExFreePoolWithTag(AlmanacFast, ALMANAC_TAG);
    }
    AlmanacFast = fast;
    old = AlmanacSlow;
    AlmanacSlow = slow;
    KeReleaseSpinLock(&AlmanacLock, irql);

    if (old != NULL) {
        ExFreePoolWithTag(old, ALMANAC_TAG);
    }
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
AlmanacControl(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
    ULONG code = stack->Parameters.DeviceIoControl.IoControlCode;
    PULONG buffer = Irp->AssociatedIrp.SystemBuffer;
    NTSTATUS status;

    UNREFERENCED_PARAMETER(DeviceObject);
    if (stack->Parameters.DeviceIoControl.InputBufferLength < sizeof(ULONG)) {
        status = STATUS_INVALID_PARAMETER;
    } else {
        status = AlmanacReplace(*buffer);
    }
    Irp->IoStatus.Status = status;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return status;
}

static PDEVICE_OBJECT AlmanacDevice;

static VOID NTAPI
AlmanacUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (AlmanacFast != NULL) {
        ExFreePoolWithTag(AlmanacFast, ALMANAC_TAG);
        ExFreePoolWithTag(AlmanacSlow, ALMANAC_TAG);
    }
    IoDeleteDevice(AlmanacDevice);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    KeInitializeSpinLock(&AlmanacLock);
    DriverObject->MajorFunction[IRP_MJ_DEVICE_CONTROL] = AlmanacControl;
    DriverObject->DriverUnload = AlmanacUnload;
    return IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &AlmanacDevice);
}
