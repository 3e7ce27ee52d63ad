/* duet: waits for two events, first from a thread, and by mistake from the timer, too. */
#include <ntddk.h>

static KEVENT DuetLeft, DuetRight;
static KTIMER DuetTimer;
static KDPC DuetDpc;
static volatile LONG DuetStop;
static PVOID DuetThread;

static NTSTATUS
DuetAwait(PLARGE_INTEGER Timeout)
{
    PVOID objects[2] = { &DuetLeft, &DuetRight };

    return KeWaitForMultipleObjects(2, objects, WaitAny, Executive, KernelMode, FALSE, Timeout, NULL); // EXPECT: irql-too-high
}

static VOID NTAPI
DuetTick(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2)
{
    LARGE_INTEGER soon = { .QuadPart = -10 };

    UNREFERENCED_PARAMETER(Dpc);
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Argument1);
    UNREFERENCED_PARAMETER(Argument2);
    if (DuetAwait(&soon) == STATUS_TIMEOUT) {
        KeSetEvent(&DuetLeft, IO_NO_INCREMENT, FALSE);
    }
}

static VOID NTAPI
DuetMain(PVOID Context)
{
    UNREFERENCED_PARAMETER(Context);
    while (!DuetStop) {
        DuetAwait(NULL);
    }
    PsTerminateSystemThread(STATUS_SUCCESS);
}

static VOID NTAPI
DuetUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    KeCancelTimer(&DuetTimer);
    KeFlushQueuedDpcs();
    InterlockedExchange(&DuetStop, 1);
    KeSetEvent(&DuetRight, IO_NO_INCREMENT, FALSE);
    KeWaitForSingleObject(DuetThread, Executive, KernelMode, FALSE, NULL);
    ObDereferenceObject(DuetThread);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    LARGE_INTEGER due = { .QuadPart = -1000000LL };
    NTSTATUS status;
    HANDLE thread;

    UNREFERENCED_PARAMETER(RegistryPath);
    KeInitializeEvent(&DuetLeft, SynchronizationEvent, FALSE);
    KeInitializeEvent(&DuetRight, SynchronizationEvent, FALSE);
    status = PsCreateSystemThread(&thread, THREAD_ALL_ACCESS, NULL, NULL, NULL, DuetMain, NULL);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    status = ObReferenceObjectByHandle(thread, THREAD_ALL_ACCESS, NULL, KernelMode, &DuetThread, NULL);
    ZwClose(thread);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    KeInitializeTimerEx(&DuetTimer, SynchronizationTimer);
    KeInitializeDpc(&DuetDpc, DuetTick, NULL);
    KeSetTimerEx(&DuetTimer, due, 500, &DuetDpc);
    DriverObject->DriverUnload = DuetUnload;
    return STATUS_SUCCESS;
}
