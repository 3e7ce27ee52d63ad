/* gorge: the cleanup callback may run at DISPATCH_LEVEL, and the binding has a file to close: it is taken apart and freed by a work item. */
#include <ntddk.h>
#include <netioddk.h>

#define GORGE_TAG 'groG'

typedef struct _GORGE { WORK_QUEUE_ITEM Item; HANDLE File; PVOID Provider; const VOID *Dispatch; } GORGE, *PGORGE;

static HANDLE GorgeHandle;
static volatile LONG GorgeCount;

static const NPIID GorgeNpiId = { 0x9967263c, 0x6629, 0x4a17, { 0xf3, 0x7b, 0xe7, 0x3f, 0x10, 0xeb, 0x15, 0xee } };
static const NPI_MODULEID GorgeModuleId = {
    .Length = sizeof(NPI_MODULEID),
    .Type = MIT_GUID,
    .Guid = { 0x45b5e5ba, 0x32cd, 0x40ca, { 0x76, 0xbc, 0xf9, 0xbc, 0x9f, 0x68, 0x82, 0xec } }
};

static VOID NTAPI
GorgeDestroy(PVOID Parameter)
{
    PGORGE gorge = Parameter;

    if (gorge->File != NULL) {
        ZwClose(gorge->File);
    }
    ExFreePoolWithTag(gorge, GORGE_TAG);
    InterlockedDecrement(&GorgeCount);
}

static NTSTATUS NTAPI
GorgeAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE Instance)
{
    PGORGE gorge = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*gorge), GORGE_TAG);
    NTSTATUS status;

    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(Instance);
    if (gorge == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    ExInitializeWorkItem(&gorge->Item, GorgeDestroy, gorge);
    InterlockedIncrement(&GorgeCount);
    status = NmrClientAttachProvider(NmrBindingHandle, gorge, NULL, &gorge->Provider, &gorge->Dispatch);
    if (!NT_SUCCESS(status)) {
        GorgeDestroy(gorge);
    }
    return status;
}

static NTSTATUS NTAPI
GorgeDetach(PVOID ClientBindingContext)
{
    ((PGORGE)ClientBindingContext)->Dispatch = NULL;
    return STATUS_SUCCESS;
}

static VOID NTAPI
GorgeCleanup(PVOID ClientBindingContext)
{
    ExQueueWorkItem(&((PGORGE)ClientBindingContext)->Item, DelayedWorkQueue);
}

static const NPI_CLIENT_CHARACTERISTICS GorgeCharacteristics = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), GorgeAttach, GorgeDetach, GorgeCleanup,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &GorgeNpiId, &GorgeModuleId, 0, NULL }
};

static VOID
GorgeWait(VOID)
{
    LARGE_INTEGER pause = { .QuadPart = -100000LL };

    while (InterlockedCompareExchange(&GorgeCount, 0, 0) != 0) {
        KeDelayExecutionThread(KernelMode, FALSE, &pause);
    }
}

static VOID NTAPI
GorgeUnload(PDRIVER_OBJECT DriverObject)
{
    NTSTATUS status;

    UNREFERENCED_PARAMETER(DriverObject);
    status = NmrDeregisterClient(GorgeHandle);
    NT_ASSERT(status == STATUS_PENDING);
    if (status == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(GorgeHandle);
    }
    GorgeWait();
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = GorgeUnload;
    return NmrRegisterClient(&GorgeCharacteristics, NULL, &GorgeHandle);
}
