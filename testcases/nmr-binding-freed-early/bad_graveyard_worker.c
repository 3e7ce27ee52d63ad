// Detached bindings go to a graveyard that a worker empties; the NMR has not called cleanup for them yet.
#include <ntddk.h>
#include <netioddk.h>

#define ALDER_TAG 'edlA'

typedef struct _ALDER_BINDING {
    WORK_QUEUE_ITEM Item;
    HANDLE NmrBindingHandle;
    PVOID ProviderContext;
    const VOID *ProviderDispatch;
} ALDER_BINDING, *PALDER_BINDING;

static const NPIID AlderNpiId = { 0x01d20bc2, 0xa90a, 0x4f9e, { 0x25, 0x84, 0x32, 0x39, 0xba, 0xa0, 0x38, 0xab } };
static const NPI_MODULEID AlderModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x3360e0a7, 0x203f, 0x442a, { 0xfb, 0x97, 0xa1, 0xcf, 0xaa, 0xe8, 0xdb, 0x90 } } } };

static VOID NTAPI
AlderBury(PVOID Parameter)
{
    PALDER_BINDING binding = Parameter;

    DbgPrint("alder: %p is gone\n", binding->NmrBindingHandle);
    ExFreePoolWithTag(binding, ALDER_TAG); // EXPECT: nmr-binding-freed-early
}

static NTSTATUS NTAPI
AlderAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderInstance)
{
    PALDER_BINDING binding = ExAllocatePoolZero(NonPagedPoolNx, sizeof(*binding), ALDER_TAG);
    NTSTATUS status;

    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderInstance);
    if (binding == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    ExInitializeWorkItem(&binding->Item, AlderBury, binding);
    binding->NmrBindingHandle = NmrBindingHandle;
    status = NmrClientAttachProvider(NmrBindingHandle, binding, NULL, &binding->ProviderContext, &binding->ProviderDispatch);
    if (!NT_SUCCESS(status)) {
        ExFreePoolWithTag(binding, ALDER_TAG);
    }
    return status;
}

static NTSTATUS NTAPI
AlderDetach(PVOID ClientBindingContext)
{
    ExQueueWorkItem(&((PALDER_BINDING)ClientBindingContext)->Item, DelayedWorkQueue);
    return STATUS_SUCCESS;
}

static VOID NTAPI
AlderCleanup(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
}

static const NPI_CLIENT_CHARACTERISTICS AlderCharacteristics = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = AlderAttach,
    .ClientDetachProvider = AlderDetach,
    .ClientCleanupBindingContext = AlderCleanup,
    .ClientRegistrationInstance = {
        .Size = sizeof(NPI_REGISTRATION_INSTANCE),
        .NpiId = &AlderNpiId,
        .ModuleId = &AlderModuleId,
    },
};

static HANDLE AlderHandle;

static VOID NTAPI
AlderUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterClient(AlderHandle) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(AlderHandle);
    }
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = AlderUnload;
    return NmrRegisterClient(&AlderCharacteristics, NULL, &AlderHandle);
}
