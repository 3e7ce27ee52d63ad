/* tarn: a guard on the level. The level was read before the lock was taken. */
#include <ntddk.h>

static KSPIN_LOCK TarnLock;
static KEVENT TarnReady;
static ULONG TarnWaits, TarnSkips;
static PDEVICE_OBJECT TarnDevice;

static VOID
TarnWait(VOID)
{
    LARGE_INTEGER timeout = { .QuadPart = -10000LL };
    KIRQL level, irql;

    level = KeGetCurrentIrql();
    KeAcquireSpinLock(&TarnLock, &irql);
    TarnWaits++;
    if (level <= APC_LEVEL) {
        KeWaitForSingleObject(&TarnReady, Executive, KernelMode, FALSE, &timeout); // EXPECT: irql-too-high
    } else {
        InterlockedIncrement((volatile LONG *)&TarnSkips);
    }
    KeReleaseSpinLock(&TarnLock, irql);
}

static VOID NTAPI
TarnNotify(HANDLE ParentId, HANDLE ProcessId, BOOLEAN Create)
{
    UNREFERENCED_PARAMETER(ParentId);
    UNREFERENCED_PARAMETER(ProcessId);
    if (Create) {
        TarnWait();
    }
}

static NTSTATUS NTAPI
TarnWrite(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    KeSetEvent(&TarnReady, IO_NO_INCREMENT, FALSE);
    Irp->IoStatus.Status = STATUS_SUCCESS;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
TarnCreateClose(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    Irp->IoStatus.Status = STATUS_SUCCESS;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static VOID NTAPI
TarnUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    PsSetCreateProcessNotifyRoutine(TarnNotify, TRUE);
    IoDeleteDevice(TarnDevice);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    status = IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &TarnDevice);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    KeInitializeSpinLock(&TarnLock);
    KeInitializeEvent(&TarnReady, SynchronizationEvent, FALSE);
    status = PsSetCreateProcessNotifyRoutine(TarnNotify, FALSE);
    if (!NT_SUCCESS(status)) { IoDeleteDevice(TarnDevice); return status; }
    DriverObject->MajorFunction[IRP_MJ_WRITE] = TarnWrite;
    DriverObject->MajorFunction[IRP_MJ_CREATE] = TarnCreateClose;
    DriverObject->MajorFunction[IRP_MJ_CLOSE] = TarnCreateClose;
    DriverObject->DriverUnload = TarnUnload;
    return STATUS_SUCCESS;
}
