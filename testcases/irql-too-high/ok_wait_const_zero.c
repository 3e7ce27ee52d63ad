/* turnstone: the zero timeout is a constant of the file, handed through two functions. */
#include <ntddk.h>

static const LARGE_INTEGER TurnstoneNoWait = { .QuadPart = 0 };
static KSEMAPHORE TurnstoneCredits;
static KMUTEX TurnstoneMutex;
static KTIMER TurnstoneTimer;
static KDPC TurnstoneDpc;
static ULONG TurnstoneTaken;

static BOOLEAN
TurnstoneTry(PVOID Object, const LARGE_INTEGER *Timeout)
{
    return KeWaitForSingleObject(Object, Executive, KernelMode, FALSE, (PLARGE_INTEGER)Timeout) == STATUS_SUCCESS;
}

static BOOLEAN
TurnstoneTake(const LARGE_INTEGER *Timeout)
{
    if (!TurnstoneTry(&TurnstoneCredits, Timeout)) {
        return FALSE;
    }
    TurnstoneTaken++;
    return TRUE;
}

static VOID NTAPI
TurnstoneTick(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2)
{
    UNREFERENCED_PARAMETER(Dpc);
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Argument1);
    UNREFERENCED_PARAMETER(Argument2);
    if (TurnstoneTake(&TurnstoneNoWait)) {
        KeReleaseSemaphore(&TurnstoneCredits, IO_NO_INCREMENT, 1, FALSE);
    }
}

static VOID NTAPI
TurnstoneUnload(PDRIVER_OBJECT DriverObject)
{
    LARGE_INTEGER second = { .QuadPart = -10000000LL };

    UNREFERENCED_PARAMETER(DriverObject);
    KeCancelTimer(&TurnstoneTimer);
    KeFlushQueuedDpcs();
    (VOID)TurnstoneTake(&second);
    if (TurnstoneTry(&TurnstoneMutex, NULL)) {
        KeReleaseMutex(&TurnstoneMutex, FALSE);
    }
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    LARGE_INTEGER due = { .QuadPart = -1000000LL };

    UNREFERENCED_PARAMETER(RegistryPath);
    KeInitializeSemaphore(&TurnstoneCredits, 8, 8);
    KeInitializeMutex(&TurnstoneMutex, 0);
    KeInitializeTimerEx(&TurnstoneTimer, SynchronizationTimer);
    KeInitializeDpc(&TurnstoneDpc, TurnstoneTick, NULL);
    KeSetTimerEx(&TurnstoneTimer, due, 100, &TurnstoneDpc);
    DriverObject->DriverUnload = TurnstoneUnload;
    return STATUS_SUCCESS;
}
