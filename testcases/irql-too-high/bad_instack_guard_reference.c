/*
 * rack: slots hold a reference to a caller's event. The reference is taken while the queued lock is held.
 */
#include <ntddk.h>

#define RACK_SLOTS 8
#define IOCTL_RACK_ARM CTL_CODE(FILE_DEVICE_UNKNOWN, 0x811, METHOD_BUFFERED, FILE_WRITE_ACCESS)

typedef struct _RACK {
    KSPIN_LOCK Lock;
    PKEVENT Slot[RACK_SLOTS];
} RACK, *PRACK;

/* One acquisition of a rack; lives on the stack of the holder. */
typedef struct _RACK_GUARD {
    PRACK Rack;
    KLOCK_QUEUE_HANDLE Queue;
} RACK_GUARD, *PRACK_GUARD;

static RACK Rack;
static PDEVICE_OBJECT RackDevice;

static VOID
RackEnter(PRACK_GUARD Guard, PRACK Target)
{
    Guard->Rack = Target;
    KeAcquireInStackQueuedSpinLock(&Target->Lock, &Guard->Queue);
}

static VOID
RackLeave(PRACK_GUARD Guard)
{
    KeReleaseInStackQueuedSpinLock(&Guard->Queue);
}

static NTSTATUS
RackArm(HANDLE EventHandle, KPROCESSOR_MODE Mode)
{
    NTSTATUS status = STATUS_INSUFFICIENT_RESOURCES;
    PVOID event = NULL;
    RACK_GUARD guard;
    ULONG i;

    RackEnter(&guard, &Rack);
    for (i = 0; i < RACK_SLOTS; i++) {
        if (guard.Rack->Slot[i] == NULL) {
            status = ObReferenceObjectByHandle(EventHandle, EVENT_MODIFY_STATE, *ExEventObjectType, Mode, &event, NULL); // EXPECT: irql-too-high
            if (NT_SUCCESS(status)) {
                guard.Rack->Slot[i] = event;
            }
            break;
        }
    }
    RackLeave(&guard);
    return status;
}

static VOID
RackClear(VOID)
{
    RACK_GUARD guard;
    ULONG i;

    RackEnter(&guard, &Rack);
    for (i = 0; i < RACK_SLOTS; i++) {
        if (Rack.Slot[i] != NULL) {
            KeSetEvent(Rack.Slot[i], IO_NO_INCREMENT, FALSE);
            ObDereferenceObject(Rack.Slot[i]);
            Rack.Slot[i] = NULL;
        }
    }
    RackLeave(&guard);
}

static NTSTATUS NTAPI
RackControl(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
    NTSTATUS status = STATUS_INVALID_DEVICE_REQUEST;

    UNREFERENCED_PARAMETER(DeviceObject);

    if (stack->Parameters.DeviceIoControl.IoControlCode == IOCTL_RACK_ARM &&
        stack->Parameters.DeviceIoControl.InputBufferLength >= sizeof(HANDLE)) {
        status = RackArm(*(HANDLE *)Irp->AssociatedIrp.SystemBuffer, Irp->RequestorMode);
    }
    Irp->IoStatus.Status = status;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return status;
}

static NTSTATUS NTAPI
RackCreateClose(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    Irp->IoStatus.Status = STATUS_SUCCESS;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static VOID NTAPI
RackUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    RackClear();
    IoDeleteDevice(RackDevice);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    status = IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &RackDevice);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    KeInitializeSpinLock(&Rack.Lock);
    DriverObject->MajorFunction[IRP_MJ_DEVICE_CONTROL] = RackControl;
    DriverObject->MajorFunction[IRP_MJ_CREATE] = RackCreateClose;
    DriverObject->MajorFunction[IRP_MJ_CLOSE] = RackCreateClose;
    DriverObject->DriverUnload = RackUnload;
    return STATUS_SUCCESS;
}
