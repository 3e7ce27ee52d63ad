/* falcon: tries the lock. When it got it, but the perch is empty, it returns without the release, with the value for "busy". */
#include <ntddk.h>

static KSPIN_LOCK PerchLock;
static ULONG PerchBirds;
static KTIMER FalconTimer;
static KDPC FalconDpc;
static PDEVICE_OBJECT FalconDevice;

static BOOLEAN
FalconFly(VOID)
{
    if (!KeTryToAcquireSpinLockAtDpcLevel(&PerchLock)) {
        return FALSE;
    }
    if (PerchBirds == 0) {
        return FALSE; // EXPECT: irql-not-restored
    }
    PerchBirds--;
    KeReleaseSpinLockFromDpcLevel(&PerchLock);
    return TRUE;
}

static VOID NTAPI
FalconTick(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2)
{
    UNREFERENCED_PARAMETER(Dpc);
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Argument1);
    UNREFERENCED_PARAMETER(Argument2);
    while (FalconFly()) {
    }
}

static NTSTATUS NTAPI
FalconWrite(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    KIRQL irql;

    UNREFERENCED_PARAMETER(DeviceObject);
    KeAcquireSpinLock(&PerchLock, &irql);
    PerchBirds++;
    KeReleaseSpinLock(&PerchLock, irql);
    Irp->IoStatus.Status = STATUS_SUCCESS;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
FalconCreateClose(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    Irp->IoStatus.Status = STATUS_SUCCESS;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static VOID NTAPI
FalconUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    KeCancelTimer(&FalconTimer);
    KeFlushQueuedDpcs();
    IoDeleteDevice(FalconDevice);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    LARGE_INTEGER due;
    NTSTATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    status = IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &FalconDevice);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    KeInitializeSpinLock(&PerchLock);
    KeInitializeTimer(&FalconTimer);
    KeInitializeDpc(&FalconDpc, FalconTick, NULL);
    due.QuadPart = -5000000;
    KeSetTimerEx(&FalconTimer, due, 500, &FalconDpc);
    DriverObject->MajorFunction[IRP_MJ_WRITE] = FalconWrite;
    DriverObject->MajorFunction[IRP_MJ_CREATE] = FalconCreateClose;
    DriverObject->MajorFunction[IRP_MJ_CLOSE] = FalconCreateClose;
    DriverObject->DriverUnload = FalconUnload;
    return STATUS_SUCCESS;
}
