/* crane: a thread raises to DISPATCH_LEVEL to touch two counters of one processor; the old level is kept in its state. */
#include <ntddk.h>

typedef struct _CRANE {
    KIRQL Saved;
    ULONG Lifts, Drops;
    KEVENT Stop;
    PVOID Thread;
} CRANE, *PCRANE;

static CRANE Crane;
static PDEVICE_OBJECT CraneDevice;

static VOID CraneUp(PCRANE C)   { C->Saved = KeRaiseIrqlToDpcLevel(); }
static VOID CraneDown(PCRANE C) { KeLowerIrql(C->Saved); }

static BOOLEAN
CraneStopped(PCRANE C, LONG Milliseconds)
{
    LARGE_INTEGER timeout;

    timeout.QuadPart = -10000LL * Milliseconds;
    return KeWaitForSingleObject(&C->Stop, Executive, KernelMode, FALSE, &timeout) == STATUS_SUCCESS;
}

static VOID NTAPI
CraneThread(PVOID Context)
{
    PCRANE crane = Context;
    BOOLEAN stopped;

    do {
        CraneUp(crane);
        crane->Lifts++;
        crane->Drops++;
        CraneDown(crane);
        stopped = CraneStopped(crane, 50);
    } while (!stopped);
    PsTerminateSystemThread(STATUS_SUCCESS);
}

static NTSTATUS
CraneStart(PCRANE C)
{
    NTSTATUS status;
    HANDLE thread;

    KeInitializeEvent(&C->Stop, NotificationEvent, FALSE);
    status = PsCreateSystemThread(&thread, THREAD_ALL_ACCESS, NULL, NULL, NULL, CraneThread, C);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    status = ObReferenceObjectByHandle(thread, SYNCHRONIZE, NULL, KernelMode, &C->Thread, NULL);
    NT_ASSERT(NT_SUCCESS(status));
    ZwClose(thread);
    return status;
}

static VOID
CraneJoin(PCRANE C)
{
    KeSetEvent(&C->Stop, IO_NO_INCREMENT, FALSE);
    KeWaitForSingleObject(C->Thread, Executive, KernelMode, FALSE, NULL);
    ObDereferenceObject(C->Thread);
}

static NTSTATUS NTAPI
CraneCreateClose(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    Irp->IoStatus.Status = STATUS_SUCCESS;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static VOID NTAPI
CraneUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    CraneJoin(&Crane);
    IoDeleteDevice(CraneDevice);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    status = IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &CraneDevice);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    status = CraneStart(&Crane);
    if (!NT_SUCCESS(status)) { IoDeleteDevice(CraneDevice); return status; }
    DriverObject->MajorFunction[IRP_MJ_CREATE] = CraneCreateClose;
    DriverObject->MajorFunction[IRP_MJ_CLOSE] = CraneCreateClose;
    DriverObject->DriverUnload = CraneUnload;
    return STATUS_SUCCESS;
}
