/* avocet: one function for two levels; it looks where it is. */
#include <ntddk.h>

static KSPIN_LOCK AvocetLock;
static KEVENT AvocetEvent;
static ULONG AvocetCount;
static KTIMER AvocetTimer;
static KDPC AvocetDpc;

static VOID
AvocetCountOne(VOID)
{
    KIRQL irql = KeGetCurrentIrql();

    if (irql == DISPATCH_LEVEL) {
        KeAcquireSpinLockAtDpcLevel(&AvocetLock);
    } else {
        KeAcquireSpinLock(&AvocetLock, &irql);
    }
    AvocetCount++;
    KeReleaseSpinLock(&AvocetLock, irql);
}

static VOID
AvocetPace(VOID)
{
    LARGE_INTEGER pause = { .QuadPart = -10000 };
    KIRQL irql = KeGetCurrentIrql();

    if (irql > APC_LEVEL) {
        KeStallExecutionProcessor(5);
        return;
    }
    KeDelayExecutionThread(KernelMode, FALSE, &pause);
    KeWaitForSingleObject(&AvocetEvent, Executive, KernelMode, FALSE, NULL);
}

static VOID NTAPI
AvocetTick(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2)
{
    UNREFERENCED_PARAMETER(Dpc);
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Argument1);
    UNREFERENCED_PARAMETER(Argument2);
    AvocetPace();
    AvocetCountOne();
}

static VOID NTAPI
AvocetUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    AvocetPace();
    AvocetCountOne();
    KeCancelTimer(&AvocetTimer);
    KeFlushQueuedDpcs();
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    LARGE_INTEGER due = { .QuadPart = -1000000LL };

    UNREFERENCED_PARAMETER(RegistryPath);
    KeInitializeSpinLock(&AvocetLock);
    KeInitializeEvent(&AvocetEvent, NotificationEvent, TRUE);
    KeInitializeDpc(&AvocetDpc, AvocetTick, NULL);
    KeInitializeTimerEx(&AvocetTimer, SynchronizationTimer);
    KeSetTimerEx(&AvocetTimer, due, 50, &AvocetDpc);
    DriverObject->DriverUnload = AvocetUnload;
    return STATUS_SUCCESS;
}
