/*
 * Good: what is freed as soon as the client is registered is a scratch buffer; the module ID stays until after the wait.
 * (Twin: bad_moduleid_freed_at_once.c)
 */
#include <ntddk.h>
#include <netioddk.h>

#define HOBBY_TAG 'bboH'

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD HobbyUnload;

static HANDLE HobbyHandle;
static NPI_CLIENT_CHARACTERISTICS HobbyCharacteristics;
static NPI_MODULEID *HobbyId;
static const NPIID HobbyNpiId = { 0x687f7832, 0xd90c, 0x4cd3, { 0x86, 0xc5, 0x16, 0x43, 0x27, 0xee, 0xac, 0x6e } };
static const NPI_MODULEID HobbyModuleId = {
    sizeof(NPI_MODULEID), MIT_GUID, { { 0x8f24bf5f, 0x2a31, 0x4e22, { 0x8a, 0x15, 0x8f, 0x05, 0xe5, 0x09, 0x09, 0xd0 } } }
};
static const ULONG HobbyDispatch = 3;
static struct { PVOID Context; const VOID *Dispatch; } HobbyPeer;

static NTSTATUS NTAPI HobbyAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &HobbyPeer, &HobbyDispatch, &HobbyPeer.Context, &HobbyPeer.Dispatch);
}

static NTSTATUS NTAPI HobbyDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    HobbyPeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static NTSTATUS HobbyRegister(VOID)
{
    NPI_MODULEID *Id;
    PVOID Scratch;
    NTSTATUS Status;

    Id = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*Id), HOBBY_TAG);
    if (Id == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    Scratch = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*Id), HOBBY_TAG);
    if (Scratch == NULL) {
        ExFreePoolWithTag(Id, HOBBY_TAG);
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    RtlCopyMemory(Scratch, &HobbyModuleId, sizeof(HobbyModuleId));
    ((NPI_MODULEID *)Scratch)->Guid.Data1 += 1;
    RtlCopyMemory(Id, Scratch, sizeof(*Id));

    HobbyCharacteristics.Length = sizeof(HobbyCharacteristics);
    HobbyCharacteristics.ClientAttachProvider = HobbyAttach;
    HobbyCharacteristics.ClientDetachProvider = HobbyDetach;
    HobbyCharacteristics.ClientRegistrationInstance.Size = sizeof(NPI_REGISTRATION_INSTANCE);
    HobbyCharacteristics.ClientRegistrationInstance.NpiId = &HobbyNpiId;
    HobbyCharacteristics.ClientRegistrationInstance.ModuleId = Id;

    Status = NmrRegisterClient(&HobbyCharacteristics, NULL, &HobbyHandle);
    if (!NT_SUCCESS(Status)) {
        ExFreePoolWithTag(Scratch, HOBBY_TAG);
        ExFreePoolWithTag(Id, HOBBY_TAG);
        return Status;
    }
    ExFreePoolWithTag(Scratch, HOBBY_TAG);
    HobbyId = Id;
    return STATUS_SUCCESS;
}

VOID NTAPI HobbyUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterClient(HobbyHandle) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(HobbyHandle);
    }
    if (HobbyId != NULL) {
        ExFreePoolWithTag(HobbyId, HOBBY_TAG);
    }
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = HobbyUnload;
    return HobbyRegister();
}
