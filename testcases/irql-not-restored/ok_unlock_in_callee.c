/* sanderling: whoever finishes also unlocks; every way through the function is balanced. */
#include <ntddk.h>

typedef struct _SANDERLING { KSPIN_LOCK Lock; ULONG State; ULONG Errors; } SANDERLING, *PSANDERLING;

static SANDERLING Sanderling;

_Releases_lock_(S->Lock)
static NTSTATUS
SanderlingFinishUnlock(PSANDERLING S, KIRQL Irql, NTSTATUS Status)
{
    if (!NT_SUCCESS(Status)) {
        S->Errors++;
    }
    KeReleaseSpinLock(&S->Lock, Irql);
    return Status;
}

static VOID
SanderlingNotify(ULONG State)
{
    LARGE_INTEGER pause = { .QuadPart = -10000 };

    DbgPrint("sanderling: %lu\n", State);
    KeDelayExecutionThread(KernelMode, FALSE, &pause);
}

static NTSTATUS
SanderlingRun(PSANDERLING S, ULONG Wanted)
{
    KIRQL irql;

    KeAcquireSpinLock(&S->Lock, &irql);
    if (Wanted > 7) {
        return SanderlingFinishUnlock(S, irql, STATUS_INVALID_PARAMETER);
    }
    while (S->State != Wanted) {
        ULONG next = S->State < Wanted ? S->State + 1 : S->State - 1;

        KeReleaseSpinLock(&S->Lock, irql);
        SanderlingNotify(next);
        KeAcquireSpinLock(&S->Lock, &irql);
        S->State = next;
    }
    return SanderlingFinishUnlock(S, irql, STATUS_SUCCESS);
}

static NTSTATUS NTAPI
SanderlingControl(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
    ULONG code = stack->Parameters.DeviceIoControl.IoControlCode;
    PULONG buffer = Irp->AssociatedIrp.SystemBuffer;
    NTSTATUS status;

    UNREFERENCED_PARAMETER(DeviceObject);
    if (stack->Parameters.DeviceIoControl.InputBufferLength < sizeof(ULONG)) {
        status = STATUS_INVALID_PARAMETER;
    } else {
        status = SanderlingRun(&Sanderling, *buffer);
    }
    Irp->IoStatus.Status = status;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return status;
}

static PDEVICE_OBJECT SanderlingDevice;

static NTSTATUS NTAPI
SanderlingCreateClose(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    Irp->IoStatus.Status = STATUS_SUCCESS;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static VOID NTAPI
SanderlingUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    IoDeleteDevice(SanderlingDevice);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    KeInitializeSpinLock(&Sanderling.Lock);
    DriverObject->MajorFunction[IRP_MJ_CREATE] = SanderlingCreateClose;
    DriverObject->MajorFunction[IRP_MJ_CLOSE] = SanderlingCreateClose;
    DriverObject->MajorFunction[IRP_MJ_DEVICE_CONTROL] = SanderlingControl;
    DriverObject->DriverUnload = SanderlingUnload;
    return IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &SanderlingDevice);
}
