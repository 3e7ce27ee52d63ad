/* satchel: attach runs at PASSIVE_LEVEL. It takes the reader/writer lock as the DPC does. */
#include <ntddk.h>
#include <netioddk.h>

typedef struct _SATCHEL { volatile LONG Used; PVOID Provider; const VOID *Dispatch; } SATCHEL, *PSATCHEL;

static EX_SPIN_LOCK SatchelLock;
static ULONG SatchelBindings, SatchelSum;
static SATCHEL Satchel;
static KTIMER SatchelTimer;
static KDPC SatchelDpc;
static HANDLE SatchelHandle;

static const NPIID SatchelNpiId = { 0x56d3ed27, 0x7fd1, 0x46f5, { 0x95, 0x93, 0xe4, 0x23, 0x32, 0xd2, 0xa8, 0x07 } };
static const NPI_MODULEID SatchelModuleId = {
    sizeof(NPI_MODULEID), MIT_GUID,
    .Guid = { 0x28ccf402, 0xd54f, 0x4236, { 0x72, 0x12, 0x42, 0x65, 0x23, 0x5d, 0xda, 0x8c } }
};

static VOID NTAPI
SatchelTick(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2)
{
    UNREFERENCED_PARAMETER(Dpc);
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Argument1);
    UNREFERENCED_PARAMETER(Argument2);
    ExAcquireSpinLockExclusiveAtDpcLevel(&SatchelLock);
    SatchelSum += SatchelBindings;
    ExReleaseSpinLockExclusiveFromDpcLevel(&SatchelLock);
}

static VOID
SatchelChange(LONG Difference)
{
    ExAcquireSpinLockExclusiveAtDpcLevel(&SatchelLock); // EXPECT: irql-too-low
    SatchelBindings += Difference;
    ExReleaseSpinLockExclusiveFromDpcLevel(&SatchelLock);
}

static NTSTATUS NTAPI
SatchelAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE Instance)
{
    NTSTATUS status;

    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(Instance);
    if (InterlockedExchange(&Satchel.Used, 1) != 0) {
        return STATUS_NOINTERFACE;
    }
    status = NmrClientAttachProvider(NmrBindingHandle, &Satchel, NULL, &Satchel.Provider, &Satchel.Dispatch);
    if (NT_SUCCESS(status)) {
        SatchelChange(1);
    } else {
        InterlockedExchange(&Satchel.Used, 0);
    }
    return status;
}

static NTSTATUS NTAPI
SatchelDetach(PVOID ClientBindingContext)
{
    KIRQL irql = ExAcquireSpinLockExclusive(&SatchelLock);

    UNREFERENCED_PARAMETER(ClientBindingContext);
    SatchelBindings--;
    ExReleaseSpinLockExclusive(&SatchelLock, irql);
    return STATUS_SUCCESS;
}

static VOID NTAPI
SatchelCleanup(PVOID ClientBindingContext)
{
    InterlockedExchange(&((PSATCHEL)ClientBindingContext)->Used, 0);
}

static const NPI_CLIENT_CHARACTERISTICS SatchelCharacteristics = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), SatchelAttach, SatchelDetach, SatchelCleanup,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &SatchelNpiId, &SatchelModuleId, 0, NULL }
};

static VOID
SatchelStartTimer(VOID)
{
    LARGE_INTEGER due = { .QuadPart = -10000000LL };

    KeInitializeTimerEx(&SatchelTimer, SynchronizationTimer);
    KeInitializeDpc(&SatchelDpc, SatchelTick, NULL);
    KeSetTimerEx(&SatchelTimer, due, 1000, &SatchelDpc);
}

static VOID NTAPI
SatchelUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterClient(SatchelHandle) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(SatchelHandle);
    }
    KeCancelTimer(&SatchelTimer);
    KeFlushQueuedDpcs();
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    status = NmrRegisterClient(&SatchelCharacteristics, NULL, &SatchelHandle);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    SatchelStartTimer();
    DriverObject->DriverUnload = SatchelUnload;
    return STATUS_SUCCESS;
}
