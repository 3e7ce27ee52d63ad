// After the register call only its failure is written down; the success path leaves the callbacks' fields alone.
#include <ntddk.h>
#include <netioddk.h>

#define SEDGE_TAG 'gdeS'

typedef struct _SEDGE {
    LIST_ENTRY Bindings;
    KSPIN_LOCK Lock;
    ULONG Limit;
    NTSTATUS LastError;
    HANDLE Client;
} SEDGE, *PSEDGE;

typedef struct _SEDGE_BINDING {
    LIST_ENTRY Link;
    PSEDGE Owner;
    PVOID ProviderContext;
    const VOID *ProviderDispatch;
} SEDGE_BINDING, *PSEDGE_BINDING;

static SEDGE Sedge;

static const NPIID SedgeNpiId = { 0x994dfd9e, 0x61ac, 0x457c, { 0x49, 0x76, 0x80, 0xb3, 0x28, 0x35, 0x3f, 0x98 } };
static const NPI_MODULEID SedgeModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0xb355013b, 0x555c, 0x4713, { 0xc1, 0x4a, 0xf6, 0xad, 0x45, 0x33, 0x10, 0xb3 } } } };

static NTSTATUS NTAPI
SedgeAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderInstance)
{
    PSEDGE sedge = ClientContext;
    PSEDGE_BINDING binding;
    NTSTATUS status;
    KIRQL irql;

    if (ProviderInstance->Number > sedge->Limit) {
        return STATUS_NOINTERFACE;
    }
    binding = ExAllocatePoolZero(NonPagedPoolNx, sizeof(*binding), SEDGE_TAG);
    if (binding == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    binding->Owner = sedge;
    KeAcquireSpinLock(&sedge->Lock, &irql);
    InsertTailList(&sedge->Bindings, &binding->Link);
    KeReleaseSpinLock(&sedge->Lock, irql);
    status = NmrClientAttachProvider(NmrBindingHandle, binding, NULL, &binding->ProviderContext, &binding->ProviderDispatch);
    if (!NT_SUCCESS(status)) {
        KeAcquireSpinLock(&sedge->Lock, &irql);
        RemoveEntryList(&binding->Link);
        KeReleaseSpinLock(&sedge->Lock, irql);
        ExFreePoolWithTag(binding, SEDGE_TAG);
    }
    return status;
}

static NTSTATUS NTAPI
SedgeDetach(PVOID ClientBindingContext)
{
    PSEDGE_BINDING binding = ClientBindingContext;
    KIRQL irql;

    KeAcquireSpinLock(&binding->Owner->Lock, &irql);
    RemoveEntryList(&binding->Link);
    KeReleaseSpinLock(&binding->Owner->Lock, irql);
    return STATUS_SUCCESS;
}

static VOID NTAPI
SedgeCleanup(PVOID ClientBindingContext)
{
    ExFreePoolWithTag(ClientBindingContext, SEDGE_TAG);
}

static const NPI_CLIENT_CHARACTERISTICS SedgeCharacteristics = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), SedgeAttach, SedgeDetach, SedgeCleanup,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &SedgeNpiId, &SedgeModuleId, 0, NULL }
};

static NTSTATUS
SedgeStart(PSEDGE S)
{
    NTSTATUS status;

    InitializeListHead(&S->Bindings);
    KeInitializeSpinLock(&S->Lock);
    S->Limit = 2;
    status = NmrRegisterClient(&SedgeCharacteristics, S, &S->Client);
    if (!NT_SUCCESS(status)) {
        S->Limit = 0;
        S->LastError = status;
        InitializeListHead(&S->Bindings);
    }
    return status;
}

static VOID NTAPI
SedgeUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterClient(Sedge.Client) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(Sedge.Client);
    }
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = SedgeUnload;
    return SedgeStart(&Sedge);
}
