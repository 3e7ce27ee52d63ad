/* linnet: the lock wrapper is fine; one of its users forgets to call the other half. */
#include <ntddk.h>

typedef struct _LINNET_LOCK { KSPIN_LOCK Spin; KIRQL Saved; } LINNET_LOCK;

static LINNET_LOCK LinnetLock;
static ULONG LinnetUsers;
static ULONG LinnetMax = 4;

static VOID
LinnetLockIt(LINNET_LOCK *Lock)
{
    KIRQL irql;

    KeAcquireSpinLock(&Lock->Spin, &irql);
    Lock->Saved = irql;
}

static VOID
LinnetUnlockIt(LINNET_LOCK *Lock)
{
    KeReleaseSpinLock(&Lock->Spin, Lock->Saved);
}

static NTSTATUS
LinnetEnter(ULONG Count)
{
    LinnetLockIt(&LinnetLock);
    if (LinnetUsers + Count > LinnetMax) {
        LinnetMax++;
        return STATUS_TOO_MANY_SESSIONS; // EXPECT: irql-not-restored
    }
    LinnetUsers += Count;
    LinnetUnlockIt(&LinnetLock);
    return STATUS_SUCCESS;
}

static NTSTATUS
LinnetLeave(ULONG Count)
{
    NTSTATUS status = STATUS_INVALID_PARAMETER;

    LinnetLockIt(&LinnetLock);
    if (LinnetUsers >= Count) {
        LinnetUsers -= Count;
        status = STATUS_SUCCESS;
    }
    LinnetUnlockIt(&LinnetLock);
    return status;
}

static NTSTATUS NTAPI
LinnetControl(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
    ULONG code = stack->Parameters.DeviceIoControl.IoControlCode;
    PULONG buffer = Irp->AssociatedIrp.SystemBuffer;
    NTSTATUS status;

    UNREFERENCED_PARAMETER(DeviceObject);
    if (stack->Parameters.DeviceIoControl.InputBufferLength < sizeof(ULONG)) {
        status = STATUS_INVALID_PARAMETER;
    } else {
        status = code == 1 ? LinnetEnter(*buffer) : LinnetLeave(*buffer);
    }
    Irp->IoStatus.Status = status;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return status;
}

static PDEVICE_OBJECT LinnetDevice;

static NTSTATUS NTAPI
LinnetCreateClose(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    Irp->IoStatus.Status = STATUS_SUCCESS;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static VOID NTAPI
LinnetUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    IoDeleteDevice(LinnetDevice);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    KeInitializeSpinLock(&LinnetLock.Spin);
    DriverObject->MajorFunction[IRP_MJ_CREATE] = LinnetCreateClose;
    DriverObject->MajorFunction[IRP_MJ_CLOSE] = LinnetCreateClose;
    DriverObject->MajorFunction[IRP_MJ_DEVICE_CONTROL] = LinnetControl;
    DriverObject->DriverUnload = LinnetUnload;
    return IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &LinnetDevice);
}
