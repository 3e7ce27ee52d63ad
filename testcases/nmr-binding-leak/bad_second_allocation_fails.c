/* petrel: a binding and its ring buffer. When there is no memory for the buffer, the binding is left. */
#include <ntddk.h>
#include <netioddk.h>

#define PETREL_TAG 'rteP'

typedef struct _PETREL { PUCHAR Ring; ULONG Size; PVOID Provider; const VOID *Dispatch; } PETREL, *PPETREL;

static NPAGED_LOOKASIDE_LIST PetrelList;
static HANDLE PetrelHandle;

static const NPIID PetrelNpiId = { 0xda48128f, 0x651e, 0x4452, { 0x0d, 0xd4, 0x78, 0xc9, 0x50, 0x6e, 0xb8, 0x50 } };
static const NPI_MODULEID PetrelModuleId = {
    sizeof(NPI_MODULEID), MIT_GUID,
    { { 0x1f014029, 0xc2cd, 0x435a, { 0x0d, 0x19, 0x52, 0x09, 0xb8, 0x48, 0x4e, 0x2c } } }
};

static VOID
PetrelFree(PPETREL Petrel)
{
    if (Petrel->Ring != NULL) {
        ExFreePoolWithTag(Petrel->Ring, PETREL_TAG);
    }
    ExFreeToNPagedLookasideList(&PetrelList, Petrel);
}

static NTSTATUS NTAPI
PetrelAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE Instance)
{
    PPETREL petrel;
    NTSTATUS status;

    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(Instance);
    petrel = ExAllocateFromNPagedLookasideList(&PetrelList); // EXPECT: nmr-binding-leak
    if (petrel == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    RtlZeroMemory(petrel, sizeof(*petrel));
    petrel->Size = 4096;
    petrel->Ring = ExAllocatePool2(POOL_FLAG_NON_PAGED, petrel->Size, PETREL_TAG);
    if (petrel->Ring == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    status = NmrClientAttachProvider(NmrBindingHandle, petrel, NULL, &petrel->Provider, &petrel->Dispatch);
    if (!NT_SUCCESS(status)) {
        PetrelFree(petrel);
    }
    return status;
}

static NTSTATUS NTAPI
PetrelDetach(PVOID ClientBindingContext)
{
    ((PPETREL)ClientBindingContext)->Dispatch = NULL;
    return STATUS_SUCCESS;
}

static VOID NTAPI
PetrelCleanup(PVOID ClientBindingContext)
{
    PetrelFree(ClientBindingContext);
}

static const NPI_CLIENT_CHARACTERISTICS PetrelCharacteristics = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), PetrelAttach, PetrelDetach, PetrelCleanup,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &PetrelNpiId, &PetrelModuleId, 0, NULL }
};

static VOID NTAPI
PetrelUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterClient(PetrelHandle) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(PetrelHandle);
    }
    ExDeleteNPagedLookasideList(&PetrelList);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    ExInitializeNPagedLookasideList(&PetrelList, NULL, NULL, 0, sizeof(PETREL), PETREL_TAG, 0);
    status = NmrRegisterClient(&PetrelCharacteristics, NULL, &PetrelHandle);
    if (!NT_SUCCESS(status)) {
        ExDeleteNPagedLookasideList(&PetrelList);
        return status;
    }
    DriverObject->DriverUnload = PetrelUnload;
    return STATUS_SUCCESS;
}
