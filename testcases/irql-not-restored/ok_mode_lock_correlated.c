/* coot: the same two kinds of lock; only the mode that holds the mutex touches the registry. */
#include <ntddk.h>

typedef enum _COOT_MODE { CootRead, CootWrite, CootFlush } COOT_MODE;

static KSPIN_LOCK CootSpin;
static KIRQL CootIrql;
static KGUARDED_MUTEX CootMutex;
static ULONG CootCounts[3];

static VOID
CootEnter(COOT_MODE Mode)
{
    KIRQL irql;

    switch (Mode) {
    case CootRead:
    case CootWrite:
        KeAcquireSpinLock(&CootSpin, &irql);
        CootIrql = irql;
        break;
    case CootFlush:
        KeAcquireGuardedMutex(&CootMutex);
        break;
    }
}

static VOID
CootLeave(COOT_MODE Mode)
{
    if (Mode == CootFlush) {
        KeReleaseGuardedMutex(&CootMutex);
    } else {
        KeReleaseSpinLock(&CootSpin, CootIrql);
    }
}

static NTSTATUS
CootRun(COOT_MODE Mode)
{
    NTSTATUS status = STATUS_SUCCESS;

    if (Mode > CootFlush) {
        return STATUS_INVALID_PARAMETER;
    }
    CootEnter(Mode);
    CootCounts[Mode]++;
    if (Mode == CootFlush) {
        status = RtlWriteRegistryValue(RTL_REGISTRY_SERVICES, L"coot", L"Counts", REG_BINARY, CootCounts, sizeof(CootCounts));
    }
    CootLeave(Mode);
    return status;
}

static NTSTATUS NTAPI
CootControl(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
    ULONG code = stack->Parameters.DeviceIoControl.IoControlCode;
    PULONG buffer = Irp->AssociatedIrp.SystemBuffer;
    NTSTATUS status;

    UNREFERENCED_PARAMETER(DeviceObject);
    if (stack->Parameters.DeviceIoControl.InputBufferLength < sizeof(ULONG)) {
        status = STATUS_INVALID_PARAMETER;
    } else {
        status = CootRun((COOT_MODE)*buffer);
    }
    Irp->IoStatus.Status = status;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return status;
}

static PDEVICE_OBJECT CootDevice;

static NTSTATUS NTAPI
CootCreateClose(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    Irp->IoStatus.Status = STATUS_SUCCESS;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static VOID NTAPI
CootUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    IoDeleteDevice(CootDevice);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    KeInitializeSpinLock(&CootSpin);
    KeInitializeGuardedMutex(&CootMutex);
    DriverObject->MajorFunction[IRP_MJ_CREATE] = CootCreateClose;
    DriverObject->MajorFunction[IRP_MJ_CLOSE] = CootCreateClose;
    DriverObject->MajorFunction[IRP_MJ_DEVICE_CONTROL] = CootControl;
    DriverObject->DriverUnload = CootUnload;
    return IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &CootDevice);
}
