// Three resources, one ladder down; a binding that is attached is the cleanup callback's.
#include <ntddk.h>
#include <netioddk.h>

#define GORSE_TAG 'sroG'

typedef struct _GORSE_BINDING {
    HANDLE NmrBindingHandle;
    PVOID Ring;
    PVOID Scratch;
    PVOID ProviderContext;
    const VOID *ProviderDispatch;
} GORSE_BINDING, *PGORSE_BINDING;

static const NPIID GorseNpiId = { 0xc83d8208, 0x5fc2, 0x4878, { 0xef, 0xe2, 0xc5, 0xce, 0x95, 0x17, 0x05, 0x1e } };
static const NPI_MODULEID GorseModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x957d9e84, 0x874a, 0x4326, { 0xe7, 0x23, 0xfc, 0xcf, 0xbb, 0x5a, 0x2a, 0x8c } } } };

#define GORSE_FREE(p) do { if ((p) != NULL) { ExFreePoolWithTag((p), GORSE_TAG); (p) = NULL; } } while (0)

static NTSTATUS NTAPI
GorseAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderInstance)
{
    PGORSE_BINDING binding = NULL;
    NTSTATUS status = STATUS_INSUFFICIENT_RESOURCES;

    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderInstance);

    binding = ExAllocatePoolZero(NonPagedPoolNx, sizeof(*binding), GORSE_TAG);
    if (binding == NULL) {
        goto Done;
    }
    binding->NmrBindingHandle = NmrBindingHandle;
    binding->Ring = ExAllocatePoolZero(NonPagedPoolNx, PAGE_SIZE, GORSE_TAG);
    if (binding->Ring == NULL) {
        goto FreeBinding;
    }
    binding->Scratch = ExAllocatePoolZero(NonPagedPoolNx, 512, GORSE_TAG);
    if (binding->Scratch == NULL) {
        goto FreeRing;
    }
    status = NmrClientAttachProvider(NmrBindingHandle, binding, NULL, &binding->ProviderContext, &binding->ProviderDispatch);
    if (NT_SUCCESS(status)) {
        goto Done;
    }
    GORSE_FREE(binding->Scratch);
FreeRing:
    GORSE_FREE(binding->Ring);
FreeBinding:
    GORSE_FREE(binding);
Done:
    return status;
}

static NTSTATUS NTAPI
GorseDetach(PVOID ClientBindingContext)
{
    PGORSE_BINDING binding = ClientBindingContext;

    GORSE_FREE(binding->Scratch);
    return STATUS_SUCCESS;
}

static VOID NTAPI
GorseCleanup(PVOID ClientBindingContext)
{
    PGORSE_BINDING binding = ClientBindingContext;

    GORSE_FREE(binding->Scratch);
    GORSE_FREE(binding->Ring);
    GORSE_FREE(binding);
}

static const NPI_CLIENT_CHARACTERISTICS GorseCharacteristics = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = GorseAttach,
    .ClientDetachProvider = GorseDetach,
    .ClientCleanupBindingContext = GorseCleanup,
    .ClientRegistrationInstance = {
        .Size = sizeof(NPI_REGISTRATION_INSTANCE),
        .NpiId = &GorseNpiId,
        .ModuleId = &GorseModuleId,
    },
};

static HANDLE GorseHandle;

static VOID NTAPI
GorseUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterClient(GorseHandle) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(GorseHandle);
    }
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = GorseUnload;
    return NmrRegisterClient(&GorseCharacteristics, NULL, &GorseHandle);
}
