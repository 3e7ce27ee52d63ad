/* corbel: bindings come from a lookaside list, and go back to it in the detach callback. */
#include <ntddk.h>
#include <netioddk.h>

#define CORBEL_TAG 'broC'

typedef struct _CORBEL { ULONG Weight; PVOID Provider; const VOID *Dispatch; } CORBEL, *PCORBEL;

static NPAGED_LOOKASIDE_LIST CorbelList;
static HANDLE CorbelHandle;

static const NPIID CorbelNpiId = { 0x0e6b2317, 0x32c4, 0x4b78, { 0x77, 0x93, 0xf0, 0x5c, 0x16, 0x11, 0xb9, 0x8e } };
static const NPI_MODULEID CorbelModuleId = {
    .Length = sizeof(NPI_MODULEID),
    .Type = MIT_GUID,
    .Guid = { 0x03d0d454, 0x43b4, 0x46f1, { 0xd3, 0x0d, 0xdd, 0xe4, 0xf1, 0x2a, 0xf9, 0xe4 } }
};

static NTSTATUS NTAPI
CorbelAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE Instance)
{
    PCORBEL corbel = ExAllocateFromNPagedLookasideList(&CorbelList);
    NTSTATUS status;

    UNREFERENCED_PARAMETER(ClientContext);
    if (corbel == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    corbel->Weight = Instance->Number;
    status = NmrClientAttachProvider(NmrBindingHandle, corbel, NULL, &corbel->Provider, &corbel->Dispatch);
    if (!NT_SUCCESS(status)) {
        ExFreeToNPagedLookasideList(&CorbelList, corbel);
    }
    return status;
}

static NTSTATUS NTAPI
CorbelDetach(PVOID ClientBindingContext)
{
    PCORBEL corbel = ClientBindingContext;

    corbel->Dispatch = NULL;
    ExFreeToNPagedLookasideList(&CorbelList, corbel); // EXPECT: nmr-binding-freed-early
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS CorbelCharacteristics = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = CorbelAttach,
    .ClientDetachProvider = CorbelDetach,
    .ClientRegistrationInstance = {
        .Size = sizeof(NPI_REGISTRATION_INSTANCE),
        .NpiId = &CorbelNpiId,
        .ModuleId = &CorbelModuleId,
    },
};

static VOID NTAPI
CorbelUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterClient(CorbelHandle) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(CorbelHandle);
    }
    ExDeleteNPagedLookasideList(&CorbelList);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    ExInitializeNPagedLookasideList(&CorbelList, NULL, NULL, 0, sizeof(CORBEL), CORBEL_TAG, 0);
    status = NmrRegisterClient(&CorbelCharacteristics, NULL, &CorbelHandle);
    if (!NT_SUCCESS(status)) {
        ExDeleteNPagedLookasideList(&CorbelList);
        return status;
    }
    DriverObject->DriverUnload = CorbelUnload;
    return STATUS_SUCCESS;
}
