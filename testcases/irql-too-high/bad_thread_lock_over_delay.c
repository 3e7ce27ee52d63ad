/* dunlin: the polling thread sleeps with its lock held when there is nothing to do. */
#include <ntddk.h>

static KSPIN_LOCK DunlinLock;
static LIST_ENTRY DunlinWork;
static volatile LONG DunlinStop;
static PETHREAD DunlinThread;

static VOID NTAPI
DunlinPoll(PVOID Context)
{
    LARGE_INTEGER pause = { .QuadPart = -100000LL };
    KIRQL irql;

    UNREFERENCED_PARAMETER(Context);
    while (!DunlinStop) {
        KeAcquireSpinLock(&DunlinLock, &irql);
        while (!DunlinStop && IsListEmpty(&DunlinWork)) {
            KeDelayExecutionThread(KernelMode, FALSE, &pause); // EXPECT: irql-too-high
        }
        if (!IsListEmpty(&DunlinWork)) {
            PLIST_ENTRY entry = RemoveHeadList(&DunlinWork);

            KeReleaseSpinLock(&DunlinLock, irql);
            ExFreePoolWithTag(entry, 'lnuD');
        } else {
            KeReleaseSpinLock(&DunlinLock, irql);
        }
    }
    PsTerminateSystemThread(STATUS_SUCCESS);
}

static VOID NTAPI
DunlinUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    InterlockedExchange(&DunlinStop, 1);
    KeWaitForSingleObject(DunlinThread, Executive, KernelMode, FALSE, NULL);
    ObDereferenceObject(DunlinThread);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    HANDLE thread;
    NTSTATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    KeInitializeSpinLock(&DunlinLock);
    InitializeListHead(&DunlinWork);
    status = PsCreateSystemThread(&thread, THREAD_ALL_ACCESS, NULL, NULL, NULL, DunlinPoll, NULL);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    ObReferenceObjectByHandle(thread, THREAD_ALL_ACCESS, *PsThreadType, KernelMode, (PVOID *)&DunlinThread, NULL);
    ZwClose(thread);
    DriverObject->DriverUnload = DunlinUnload;
    return STATUS_SUCCESS;
}
