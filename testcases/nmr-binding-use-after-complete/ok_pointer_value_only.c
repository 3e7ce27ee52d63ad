/* ravine: after the completion the pointer is compared and printed, which does not touch what it points at. */
#include <ntddk.h>
#include <netioddk.h>

#define RAVINE_TAG 'ivaR'

typedef struct _RAVINE { WORK_QUEUE_ITEM Item; EX_RUNDOWN_REF Rundown; HANDLE NmrBindingHandle; PVOID Provider; const VOID *Dispatch; } RAVINE, *PRAVINE;

static PVOID volatile RavineLast;
static HANDLE RavineHandle;

static const NPIID RavineNpiId = { 0xcd75695f, 0x6557, 0x475a, { 0x5d, 0x51, 0xbd, 0xec, 0xd9, 0x15, 0x30, 0x40 } };
static const NPI_MODULEID RavineModuleId = {
    sizeof(NPI_MODULEID), MIT_GUID,
    { { 0xd420408b, 0x08e0, 0x46f1, { 0xf2, 0xdd, 0xa1, 0xd7, 0xa7, 0x4e, 0x70, 0x26 } } }
};

static VOID NTAPI
RavineWorker(PVOID Parameter)
{
    PRAVINE ravine = Parameter;

    ExWaitForRundownProtectionRelease(&ravine->Rundown);
    NmrClientDetachProviderComplete(ravine->NmrBindingHandle);
    InterlockedCompareExchangePointer(&RavineLast, NULL, ravine);
    DbgPrint("ravine: %p is gone\n", ravine);
    if (RavineLast == ravine) {
        DbgPrint("ravine: it was the last\n");
    }
    ravine = NULL;
}

static NTSTATUS NTAPI
RavineAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE Instance)
{
    PRAVINE ravine = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*ravine), RAVINE_TAG);
    NTSTATUS status;

    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(Instance);
    if (ravine == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    ExInitializeRundownProtection(&ravine->Rundown);
    ExInitializeWorkItem(&ravine->Item, RavineWorker, ravine);
    ravine->NmrBindingHandle = NmrBindingHandle;
    status = NmrClientAttachProvider(NmrBindingHandle, ravine, NULL, &ravine->Provider, &ravine->Dispatch);
    if (!NT_SUCCESS(status)) {
        ExFreePoolWithTag(ravine, RAVINE_TAG);
        return status;
    }
    InterlockedExchangePointer(&RavineLast, ravine);
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
RavineDetach(PVOID ClientBindingContext)
{
    ExQueueWorkItem(&((PRAVINE)ClientBindingContext)->Item, DelayedWorkQueue);
    return STATUS_PENDING;
}

static VOID NTAPI
RavineCleanup(PVOID ClientBindingContext)
{
    ExFreePoolWithTag(ClientBindingContext, RAVINE_TAG);
}

static const NPI_CLIENT_CHARACTERISTICS RavineCharacteristics = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = RavineAttach,
    .ClientDetachProvider = RavineDetach,
    .ClientCleanupBindingContext = RavineCleanup,
    .ClientRegistrationInstance = {
        .Size = sizeof(NPI_REGISTRATION_INSTANCE),
        .NpiId = &RavineNpiId,
        .ModuleId = &RavineModuleId,
    },
};

static VOID NTAPI
RavineUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterClient(RavineHandle) == STATUS_PENDING)
        NmrWaitForClientDeregisterComplete(RavineHandle);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = RavineUnload;
    return NmrRegisterClient(&RavineCharacteristics, NULL, &RavineHandle);
}
