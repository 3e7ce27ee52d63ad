/* shoal: the local structure only carries the pointers; what the NMR gets is not on the stack. */
#include <ntddk.h>
#include <netioddk.h>

#define SHOAL_TAG 'aohS'

typedef struct _SHOAL { PVOID Provider; const VOID *Dispatch; } SHOAL, *PSHOAL;

typedef struct _SHOAL_ARGUMENTS {
    HANDLE NmrBindingHandle;
    PSHOAL Binding;
    const VOID *ClientDispatch;
    PVOID ProviderContext;
    const VOID *ProviderDispatch;
} SHOAL_ARGUMENTS, *PSHOAL_ARGUMENTS;

static const USHORT ShoalDispatch = 4;
static HANDLE ShoalHandle;

static const NPIID ShoalNpiId = { 0xcbe10e26, 0x9af4, 0x4bf8, { 0x6e, 0xde, 0x1e, 0x8c, 0x58, 0x83, 0xc5, 0x75 } };
static const NPI_MODULEID ShoalModuleId = {
    sizeof(NPI_MODULEID), MIT_GUID,
    .Guid = { 0x85ddeb2a, 0xc149, 0x4aa1, { 0x3d, 0xd1, 0x93, 0x67, 0x2d, 0xb9, 0xdf, 0x27 } }
};

static NTSTATUS
ShoalCall(PSHOAL_ARGUMENTS A)
{
    return NmrClientAttachProvider(A->NmrBindingHandle, A->Binding, A->ClientDispatch, &A->ProviderContext, &A->ProviderDispatch);
}

static NTSTATUS NTAPI
ShoalAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE Instance)
{
    SHOAL_ARGUMENTS arguments = { NmrBindingHandle, NULL, &ShoalDispatch };
    NTSTATUS status;

    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(Instance);
    arguments.Binding = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(SHOAL), SHOAL_TAG);
    if (arguments.Binding == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    status = ShoalCall(&arguments);
    if (!NT_SUCCESS(status)) {
        ExFreePoolWithTag(arguments.Binding, SHOAL_TAG);
        return status;
    }
    arguments.Binding->Provider = arguments.ProviderContext;
    arguments.Binding->Dispatch = arguments.ProviderDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
ShoalDetach(PVOID ClientBindingContext)
{
    ((PSHOAL)ClientBindingContext)->Dispatch = NULL;
    return STATUS_SUCCESS;
}

static VOID NTAPI
ShoalCleanup(PVOID ClientBindingContext)
{
    ExFreePoolWithTag(ClientBindingContext, SHOAL_TAG);
}

static const NPI_CLIENT_CHARACTERISTICS ShoalCharacteristics = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = ShoalAttach,
    .ClientDetachProvider = ShoalDetach,
    .ClientCleanupBindingContext = ShoalCleanup,
    .ClientRegistrationInstance = {
        .Size = sizeof(NPI_REGISTRATION_INSTANCE),
        .NpiId = &ShoalNpiId,
        .ModuleId = &ShoalModuleId,
    },
};

static VOID NTAPI
ShoalUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterClient(ShoalHandle) == STATUS_PENDING)
        NmrWaitForClientDeregisterComplete(ShoalHandle);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = ShoalUnload;
    return NmrRegisterClient(&ShoalCharacteristics, NULL, &ShoalHandle);
}
