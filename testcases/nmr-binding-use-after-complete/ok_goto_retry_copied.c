/* sickle: the detach is completed in a loop that may have to try again. The check uses a copy. */
#include <ntddk.h>
#include <netioddk.h>

#define SICKLE_TAG 'kciS'

typedef struct _SICKLE { LIST_ENTRY Link; HANDLE NmrBindingHandle; ULONG Group; PVOID Provider; const VOID *Dispatch; } SICKLE, *PSICKLE;

static LIST_ENTRY SickleLeaving;
static KSPIN_LOCK SickleLock;
static KDPC SickleDpc;
static ULONG SickleGroups;
static HANDLE SickleHandle;

static const NPIID SickleNpiId = { 0xa2e967c0, 0xf3ad, 0x40bd, { 0xb5, 0x89, 0xea, 0x77, 0xf0, 0x86, 0xb9, 0xeb } };
static const NPI_MODULEID SickleModuleId = {
    sizeof(NPI_MODULEID), MIT_GUID,
    .Guid = { 0xe46712c8, 0x4081, 0x44de, { 0x04, 0x64, 0x25, 0x09, 0xab, 0xe9, 0xf3, 0xcd } }
};

static VOID NTAPI
SickleReap(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2)
{
    PSICKLE sickle;
    ULONG group;

    UNREFERENCED_PARAMETER(Dpc);
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Argument1);
    UNREFERENCED_PARAMETER(Argument2);
Again:
    sickle = NULL;
    KeAcquireSpinLockAtDpcLevel(&SickleLock);
    if (!IsListEmpty(&SickleLeaving)) {
        sickle = CONTAINING_RECORD(RemoveHeadList(&SickleLeaving), SICKLE, Link);
    }
    KeReleaseSpinLockFromDpcLevel(&SickleLock);
    if (sickle == NULL) {
        return;
    }
    group = sickle->Group;
    NmrClientDetachProviderComplete(sickle->NmrBindingHandle);
    if (group < 4) {
        SickleGroups |= 1u << group;
        goto Again;
    }
}

static NTSTATUS NTAPI
SickleAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE Instance)
{
    PSICKLE sickle = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*sickle), SICKLE_TAG);
    NTSTATUS status;

    UNREFERENCED_PARAMETER(ClientContext);
    if (sickle == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    sickle->Group = Instance->Number;
    sickle->NmrBindingHandle = NmrBindingHandle;
    status = NmrClientAttachProvider(NmrBindingHandle, sickle, NULL, &sickle->Provider, &sickle->Dispatch);
    if (!NT_SUCCESS(status)) {
        ExFreePoolWithTag(sickle, SICKLE_TAG);
    }
    return status;
}

static NTSTATUS NTAPI
SickleDetach(PVOID ClientBindingContext)
{
    PSICKLE sickle = ClientBindingContext;

    ExInterlockedInsertTailList(&SickleLeaving, &sickle->Link, &SickleLock);
    KeInsertQueueDpc(&SickleDpc, NULL, NULL);
    return STATUS_PENDING;
}

static VOID NTAPI
SickleCleanup(PVOID ClientBindingContext)
{
    ExFreePoolWithTag(ClientBindingContext, SICKLE_TAG);
}

static const NPI_CLIENT_CHARACTERISTICS SickleCharacteristics = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = SickleAttach,
    .ClientDetachProvider = SickleDetach,
    .ClientCleanupBindingContext = SickleCleanup,
    .ClientRegistrationInstance = {
        .Size = sizeof(NPI_REGISTRATION_INSTANCE),
        .NpiId = &SickleNpiId,
        .ModuleId = &SickleModuleId,
    },
};

static VOID NTAPI
SickleUnload(PDRIVER_OBJECT DriverObject)
{
    NTSTATUS status;

    UNREFERENCED_PARAMETER(DriverObject);
    status = NmrDeregisterClient(SickleHandle);
    NT_ASSERT(status == STATUS_PENDING);
    if (status == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(SickleHandle);
    }
    KeFlushQueuedDpcs();
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    KeInitializeSpinLock(&SickleLock);
    InitializeListHead(&SickleLeaving);
    KeInitializeDpc(&SickleDpc, SickleReap, NULL);
    DriverObject->DriverUnload = SickleUnload;
    return NmrRegisterClient(&SickleCharacteristics, NULL, &SickleHandle);
}
