/* eider: timers are set up from a table; the third routine of it waits. */
#include <ntddk.h>

typedef struct _EIDER_TIMER {
    PKDEFERRED_ROUTINE Routine;
    ULONG Period;
    KTIMER Timer;
    KDPC Dpc;
} EIDER_TIMER, *PEIDER_TIMER;

static KEVENT EiderEvent;
static LONG EiderA, EiderB;

static VOID NTAPI
EiderFast(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2)
{
    UNREFERENCED_PARAMETER(Dpc);
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Argument1);
    UNREFERENCED_PARAMETER(Argument2);
    EiderA++;
}

static VOID NTAPI
EiderSlow(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2)
{
    UNREFERENCED_PARAMETER(Dpc);
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Argument1);
    UNREFERENCED_PARAMETER(Argument2);
    EiderB++;
    KeSetEvent(&EiderEvent, IO_NO_INCREMENT, FALSE);
}

static VOID NTAPI
EiderSync(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2)
{
    UNREFERENCED_PARAMETER(Dpc);
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Argument1);
    UNREFERENCED_PARAMETER(Argument2);
    KeWaitForSingleObject(&EiderEvent, Executive, KernelMode, FALSE, NULL); // EXPECT: irql-too-high
    EiderA = EiderB;
}

static EIDER_TIMER EiderTimers[] = {
    { EiderFast, 10 },
    { EiderSlow, 100 },
    { EiderSync, 1000 },
};

static VOID NTAPI
EiderUnload(PDRIVER_OBJECT DriverObject)
{
    ULONG i;

    UNREFERENCED_PARAMETER(DriverObject);
    for (i = 0; i < ARRAYSIZE(EiderTimers); i++) {
        KeCancelTimer(&EiderTimers[i].Timer);
    }
    KeFlushQueuedDpcs();
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    LARGE_INTEGER due = { .QuadPart = -1000000LL };
    ULONG i;

    UNREFERENCED_PARAMETER(RegistryPath);
    KeInitializeEvent(&EiderEvent, SynchronizationEvent, FALSE);
    for (i = 0; i < ARRAYSIZE(EiderTimers); i++) {
        PEIDER_TIMER timer = &EiderTimers[i];

        KeInitializeTimerEx(&timer->Timer, SynchronizationTimer);
        KeInitializeDpc(&timer->Dpc, timer->Routine, timer);
        KeSetTimerEx(&timer->Timer, due, timer->Period, &timer->Dpc);
    }
    DriverObject->DriverUnload = EiderUnload;
    return STATUS_SUCCESS;
}
