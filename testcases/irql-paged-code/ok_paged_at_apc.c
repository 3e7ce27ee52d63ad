/* siskin: pageable code under a fast mutex (APC_LEVEL), in worker routines, and behind a look at the level. */
#include <ntddk.h>

static VOID SiskinRefresh(VOID);
#pragma alloc_text(PAGE, SiskinRefresh)

static FAST_MUTEX SiskinMutex;
static ULONG SiskinValue;
static WORK_QUEUE_ITEM SiskinItem;
static volatile LONG SiskinQueued;
static KTIMER SiskinTimer;
static KDPC SiskinDpc;

static VOID
SiskinRefresh(VOID)
{
    PAGED_CODE();
    ExAcquireFastMutex(&SiskinMutex);
    SiskinValue++;
    ExReleaseFastMutex(&SiskinMutex);
}

static VOID NTAPI
SiskinWorker(PVOID Parameter)
{
    UNREFERENCED_PARAMETER(Parameter);
    SiskinRefresh();
    InterlockedExchange(&SiskinQueued, 0);
}

static VOID
SiskinKick(VOID)
{
    if (KeGetCurrentIrql() <= APC_LEVEL) {
        SiskinRefresh();
    } else if (InterlockedExchange(&SiskinQueued, 1) == 0) {
        ExQueueWorkItem(&SiskinItem, DelayedWorkQueue);
    }
}

static VOID NTAPI
SiskinTick(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2)
{
    UNREFERENCED_PARAMETER(Dpc);
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Argument1);
    UNREFERENCED_PARAMETER(Argument2);
    SiskinKick();
}

static NTSTATUS
SiskinCommand(VOID)
{
    KIRQL irql;

    KeRaiseIrql(APC_LEVEL, &irql);
    SiskinKick();
    KeLowerIrql(irql);
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
SiskinControl(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
    ULONG code = stack->Parameters.DeviceIoControl.IoControlCode;
    PULONG buffer = Irp->AssociatedIrp.SystemBuffer;
    NTSTATUS status;

    UNREFERENCED_PARAMETER(DeviceObject);
    if (stack->Parameters.DeviceIoControl.InputBufferLength < sizeof(ULONG)) {
        status = STATUS_INVALID_PARAMETER;
    } else {
        status = SiskinCommand();
    }
    Irp->IoStatus.Status = status;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return status;
}

static PDEVICE_OBJECT SiskinDevice;

static VOID NTAPI
SiskinUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    KeCancelTimer(&SiskinTimer);
    KeFlushQueuedDpcs();
    IoDeleteDevice(SiskinDevice);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    LARGE_INTEGER due = { .QuadPart = -1000000LL };
    NTSTATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    ExInitializeFastMutex(&SiskinMutex);
    ExInitializeWorkItem(&SiskinItem, SiskinWorker, NULL);
    status = IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &SiskinDevice);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    KeInitializeDpc(&SiskinDpc, SiskinTick, NULL);
    KeInitializeTimerEx(&SiskinTimer, SynchronizationTimer);
    KeSetTimerEx(&SiskinTimer, due, 1000, &SiskinDpc);
    DriverObject->MajorFunction[IRP_MJ_DEVICE_CONTROL] = SiskinControl;
    DriverObject->DriverUnload = SiskinUnload;
    return STATUS_SUCCESS;
}
