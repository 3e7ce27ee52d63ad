/* ember: the lock is taken in the way that fits the caller's level; every path of EmberLock holds it. */
#include <ntddk.h>

typedef struct _EMBER { KSPIN_LOCK Lock; ULONG Heat; KTIMER Timer; KDPC Dpc; } EMBER, *PEMBER;

static EMBER Ember;
static PDEVICE_OBJECT EmberDevice;

static KIRQL
EmberLock(PEMBER E, BOOLEAN AtDispatch)
{
    KIRQL irql = DISPATCH_LEVEL;

    if (AtDispatch) {
        KeAcquireSpinLockAtDpcLevel(&E->Lock);
    } else {
        KeAcquireSpinLock(&E->Lock, &irql);
    }
    return irql;
}

static VOID
EmberUnlock(PEMBER E, BOOLEAN AtDispatch, KIRQL Irql)
{
    if (AtDispatch) {
        KeReleaseSpinLockFromDpcLevel(&E->Lock);
    } else {
        KeReleaseSpinLock(&E->Lock, Irql);
    }
}

static VOID
EmberHeat(PEMBER E, BOOLEAN AtDispatch)
{
    KIRQL irql = EmberLock(E, AtDispatch);

    E->Heat++;
    EmberUnlock(E, AtDispatch, irql);
}

static VOID NTAPI
EmberTick(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2)
{
    UNREFERENCED_PARAMETER(Dpc);
    UNREFERENCED_PARAMETER(Argument1);
    UNREFERENCED_PARAMETER(Argument2);
    EmberHeat(Context, TRUE);
}

static NTSTATUS NTAPI
EmberWrite(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    EmberHeat(&Ember, FALSE);
    Irp->IoStatus.Status = STATUS_SUCCESS;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
EmberCreateClose(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    Irp->IoStatus.Status = STATUS_SUCCESS;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static VOID NTAPI
EmberUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    KeCancelTimer(&Ember.Timer);
    KeFlushQueuedDpcs();
    IoDeleteDevice(EmberDevice);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    LARGE_INTEGER due;
    NTSTATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    status = IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &EmberDevice);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    KeInitializeSpinLock(&Ember.Lock);
    KeInitializeTimer(&Ember.Timer);
    KeInitializeDpc(&Ember.Dpc, EmberTick, &Ember);
    due.QuadPart = -5000000;
    KeSetTimerEx(&Ember.Timer, due, 500, &Ember.Dpc);
    DriverObject->MajorFunction[IRP_MJ_WRITE] = EmberWrite;
    DriverObject->MajorFunction[IRP_MJ_CREATE] = EmberCreateClose;
    DriverObject->MajorFunction[IRP_MJ_CLOSE] = EmberCreateClose;
    DriverObject->DriverUnload = EmberUnload;
    return STATUS_SUCCESS;
}
