/* smew: the worker inherits a lock by way of a helper that says "locked" in its name, and blocks with it. */
#include <ntddk.h>

typedef struct _SMEW_JOB { LIST_ENTRY Link; ULONG Pause; } SMEW_JOB, *PSMEW_JOB;

static KSPIN_LOCK SmewLock;
static LIST_ENTRY SmewJobs;
static PIO_WORKITEM SmewWork;
static PDEVICE_OBJECT SmewDevice;

/* Returns the first job with the list locked, or NULL with the list not locked. */
static PSMEW_JOB
SmewFirstLocked(PKLOCK_QUEUE_HANDLE Queue)
{
    KeAcquireInStackQueuedSpinLock(&SmewLock, Queue);
    if (IsListEmpty(&SmewJobs)) {
        KeReleaseInStackQueuedSpinLock(Queue);
        return NULL;
    }
    return CONTAINING_RECORD(RemoveHeadList(&SmewJobs), SMEW_JOB, Link);
}

static VOID
SmewSleep(ULONG Milliseconds)
{
    LARGE_INTEGER interval;

    interval.QuadPart = -10000LL * Milliseconds;
    KeDelayExecutionThread(KernelMode, FALSE, &interval); // EXPECT: irql-too-high
}

static VOID NTAPI
SmewWorker(PDEVICE_OBJECT DeviceObject, PVOID Context)
{
    KLOCK_QUEUE_HANDLE queue;
    PSMEW_JOB job;

    UNREFERENCED_PARAMETER(DeviceObject);
    UNREFERENCED_PARAMETER(Context);
    while ((job = SmewFirstLocked(&queue)) != NULL) {
        if (job->Pause != 0) {
            SmewSleep(job->Pause);
        }
        KeReleaseInStackQueuedSpinLock(&queue);
        ExFreePoolWithTag(job, 'wemS');
    }
    SmewSleep(1);
}

static NTSTATUS NTAPI
SmewWrite(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    PSMEW_JOB job = ExAllocatePoolWithTag(NonPagedPoolNx, sizeof(*job), 'wemS');
    NTSTATUS status = STATUS_INSUFFICIENT_RESOURCES;

    UNREFERENCED_PARAMETER(DeviceObject);
    if (job != NULL) {
        job->Pause = IoGetCurrentIrpStackLocation(Irp)->Parameters.Write.Length;
        ExInterlockedInsertTailList(&SmewJobs, &job->Link, &SmewLock);
        IoQueueWorkItem(SmewWork, SmewWorker, DelayedWorkQueue, NULL);
        status = STATUS_SUCCESS;
    }
    Irp->IoStatus.Status = status;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return status;
}

static VOID NTAPI
SmewUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    IoFreeWorkItem(SmewWork);
    IoDeleteDevice(SmewDevice);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    KeInitializeSpinLock(&SmewLock);
    InitializeListHead(&SmewJobs);
    status = IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &SmewDevice);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    SmewWork = IoAllocateWorkItem(SmewDevice);
    if (SmewWork == NULL) {
        IoDeleteDevice(SmewDevice);
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    DriverObject->MajorFunction[IRP_MJ_WRITE] = SmewWrite;
    DriverObject->DriverUnload = SmewUnload;
    return STATUS_SUCCESS;
}
