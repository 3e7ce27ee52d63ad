// A pool object is zeroed, registered with, and only then completed.
#include <ntddk.h>
#include <netioddk.h>

#define VIREO_TAG 'eriV'

typedef struct _VIREO {
    HANDLE Client;
    ULONG MaxNumber;
    VOID (*OnAttach)(ULONG Number);
    PVOID ProviderContext;
    const VOID *ProviderDispatch;
} VIREO, *PVIREO;

static PVIREO VireoInstance;

static const NPIID VireoNpiId = { 0xf2a32505, 0xf7d6, 0x4aac, { 0x99, 0xd9, 0xfa, 0xd5, 0x61, 0x57, 0xeb, 0xa3 } };
static const NPI_MODULEID VireoModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0xaa8d42d5, 0xf24e, 0x404b, { 0x8c, 0x66, 0x6f, 0x80, 0xee, 0xa6, 0x3f, 0x6f } } } };

static VOID
VireoLog(ULONG Number)
{
    DbgPrint("vireo: provider %lu\n", Number);
}

static NTSTATUS NTAPI
VireoAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderInstance)
{
    PVIREO vireo = ClientContext;

    vireo->OnAttach(ProviderInstance->Number);
    return NmrClientAttachProvider(NmrBindingHandle, vireo, NULL, &vireo->ProviderContext, &vireo->ProviderDispatch);
}

static NTSTATUS NTAPI
VireoDetach(PVOID ClientBindingContext)
{
    ((PVIREO)ClientBindingContext)->ProviderDispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS VireoCharacteristics = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = VireoAttach,
    .ClientDetachProvider = VireoDetach,
    .ClientRegistrationInstance = {
        .Size = sizeof(NPI_REGISTRATION_INSTANCE),
        .NpiId = &VireoNpiId,
        .ModuleId = &VireoModuleId,
    },
};

static NTSTATUS
VireoCreate(PVIREO *Instance)
{
    PVIREO vireo = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*vireo), VIREO_TAG);
    NTSTATUS status;

    if (vireo == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    status = NmrRegisterClient(&VireoCharacteristics, vireo, &vireo->Client);
    if (!NT_SUCCESS(status)) {
        ExFreePoolWithTag(vireo, VIREO_TAG);
        return status;
    }
    vireo->MaxNumber = 4;
    vireo->OnAttach = VireoLog; // EXPECT: nmr-register-before-init
    *Instance = vireo;
    return STATUS_SUCCESS;
}

static VOID
VireoDestroy(PVIREO Vireo)
{
    if (NmrDeregisterClient(Vireo->Client) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(Vireo->Client);
    }
    ExFreePoolWithTag(Vireo, VIREO_TAG);
}

static VOID NTAPI
VireoUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    VireoDestroy(VireoInstance);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = VireoUnload;
    return VireoCreate(&VireoInstance);
}
