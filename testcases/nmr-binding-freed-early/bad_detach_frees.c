/* cobble: the detach callback frees the binding and returns STATUS_SUCCESS; the NMR still has it for the cleanup callback. */
#include <ntddk.h>
#include <netioddk.h>

#define COBBLE_TAG 'bboC'

typedef struct _COBBLE { LIST_ENTRY Link; PVOID Provider; const VOID *Dispatch; } COBBLE, *PCOBBLE;

static KSPIN_LOCK CobbleLock;
static LIST_ENTRY CobbleList;
static HANDLE CobbleHandle;

static const NPIID CobbleNpiId = { 0x951725e8, 0x7a0a, 0x40a7, { 0xc8, 0xda, 0x56, 0x96, 0x74, 0xcc, 0x1e, 0xec } };
static const NPI_MODULEID CobbleModuleId = {
    .Length = sizeof(NPI_MODULEID),
    .Type = MIT_GUID,
    .Guid = { 0x86dad0d8, 0xd87a, 0x416d, { 0x20, 0x7c, 0x9b, 0xcd, 0x1e, 0x34, 0xce, 0x5f } }
};

static VOID
CobbleUnlink(PCOBBLE Cobble)
{
    KIRQL irql;

    KeAcquireSpinLock(&CobbleLock, &irql);
    RemoveEntryList(&Cobble->Link);
    KeReleaseSpinLock(&CobbleLock, irql);
}

static NTSTATUS NTAPI
CobbleAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE Instance)
{
    PCOBBLE cobble;
    NTSTATUS status;

    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(Instance);
    cobble = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*cobble), COBBLE_TAG);
    if (cobble == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    ExInterlockedInsertTailList(&CobbleList, &cobble->Link, &CobbleLock);
    status = NmrClientAttachProvider(NmrBindingHandle, cobble, NULL, &cobble->Provider, &cobble->Dispatch);
    if (!NT_SUCCESS(status)) {
        CobbleUnlink(cobble);
        ExFreePoolWithTag(cobble, COBBLE_TAG);
    }
    return status;
}

static NTSTATUS NTAPI
CobbleDetach(PVOID ClientBindingContext)
{
    PCOBBLE cobble = ClientBindingContext;

    CobbleUnlink(cobble);
    ExFreePoolWithTag(cobble, COBBLE_TAG); // EXPECT: nmr-binding-freed-early
    return STATUS_SUCCESS;
}

static VOID NTAPI
CobbleCleanup(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
}

static const NPI_CLIENT_CHARACTERISTICS CobbleCharacteristics = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), CobbleAttach, CobbleDetach, CobbleCleanup,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &CobbleNpiId, &CobbleModuleId, 0, NULL }
};

static VOID NTAPI
CobbleUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterClient(CobbleHandle) == STATUS_PENDING)
        NmrWaitForClientDeregisterComplete(CobbleHandle);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    KeInitializeSpinLock(&CobbleLock);
    InitializeListHead(&CobbleList);
    DriverObject->DriverUnload = CobbleUnload;
    return NmrRegisterClient(&CobbleCharacteristics, NULL, &CobbleHandle);
}
