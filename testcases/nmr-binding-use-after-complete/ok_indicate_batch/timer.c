#include "tap.h"

static IO_WORKITEM_ROUTINE TapWorker;

static VOID NTAPI
TapWorker(PDEVICE_OBJECT DeviceObject, PVOID Context)
{
    PTAP tap = Context;

    UNREFERENCED_PARAMETER(DeviceObject);
    PAGED_CODE();
    if (TapConfigMaxClients(tap) != 0) {
        TapClientsIndicate(tap, 2, tap->Ticks);
    }
    InterlockedExchange(&tap->WorkQueued, 0);
    KeSetEvent(&tap->WorkIdle, IO_NO_INCREMENT, FALSE);
}

static VOID NTAPI
TapTick(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2)
{
    PTAP tap = Context;

    UNREFERENCED_PARAMETER(Dpc);
    UNREFERENCED_PARAMETER(Argument1);
    UNREFERENCED_PARAMETER(Argument2);
    tap->Ticks++;
    TapClientsIndicate(tap, 0, tap->Ticks);
    if (tap->Ticks % 60 == 0 && InterlockedExchange(&tap->WorkQueued, 1) == 0) {
        KeClearEvent(&tap->WorkIdle);
        IoQueueWorkItem(tap->Work, TapWorker, DelayedWorkQueue, tap);
    }
}

NTSTATUS
TapTimerInitialize(PTAP T)
{
    T->Work = IoAllocateWorkItem(T->Device);
    if (T->Work == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    KeInitializeEvent(&T->WorkIdle, NotificationEvent, TRUE);
    KeInitializeTimerEx(&T->Timer, SynchronizationTimer);
    KeInitializeDpc(&T->Dpc, TapTick, T);
    return STATUS_SUCCESS;
}

VOID
TapTimerStart(PTAP T)
{
    LARGE_INTEGER due = { .QuadPart = -10000000LL };

    KeSetTimerEx(&T->Timer, due, 1000, &T->Dpc);
}

VOID
TapTimerStop(PTAP T)
{
    KeCancelTimer(&T->Timer);
    KeFlushQueuedDpcs();
    KeWaitForSingleObject(&T->WorkIdle, Executive, KernelMode, FALSE, NULL);
    IoFreeWorkItem(T->Work);
}
