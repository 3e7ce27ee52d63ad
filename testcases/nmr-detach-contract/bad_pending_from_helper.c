// The helper says "busy", and nothing ever completes what was left pending.
#include <ntddk.h>
#include <netioddk.h>

#define FENNEL_TAG 'nneF'

typedef struct _FENNEL_BINDING {
    EX_RUNDOWN_REF Calls;
    volatile LONG Busy;
    HANDLE NmrBindingHandle;
    PVOID ProviderContext;
    const VOID *ProviderDispatch;
} FENNEL_BINDING, *PFENNEL_BINDING;

static const NPIID FennelNpiId = { 0xdfb501ba, 0x6187, 0x44bd, { 0xe7, 0xd1, 0xf5, 0x9b, 0x32, 0xe0, 0xee, 0xf3 } };
static const NPI_MODULEID FennelModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0xc1a4835c, 0x604a, 0x474a, { 0x09, 0xb1, 0xf2, 0xf5, 0x4e, 0xc6, 0xd7, 0x1e } } } };

static NTSTATUS
FennelQuiesce(PFENNEL_BINDING Binding)
{
    return InterlockedCompareExchange(&Binding->Busy, 0, 0) != 0 ? STATUS_PENDING : STATUS_SUCCESS;
}

VOID
FennelEnter(PFENNEL_BINDING Binding)
{
    InterlockedIncrement(&Binding->Busy);
}

VOID
FennelLeave(PFENNEL_BINDING Binding)
{
    InterlockedDecrement(&Binding->Busy);
}

static NTSTATUS NTAPI
FennelAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderInstance)
{
    PFENNEL_BINDING binding = ExAllocatePoolZero(NonPagedPoolNx, sizeof(*binding), FENNEL_TAG);
    NTSTATUS status;

    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderInstance);
    if (binding == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    binding->NmrBindingHandle = NmrBindingHandle;
    status = NmrClientAttachProvider(NmrBindingHandle, binding, NULL, &binding->ProviderContext, &binding->ProviderDispatch);
    if (!NT_SUCCESS(status)) {
        ExFreePoolWithTag(binding, FENNEL_TAG);
    }
    return status;
}

static NTSTATUS NTAPI
FennelDetach(PVOID ClientBindingContext)
{
    return FennelQuiesce(ClientBindingContext); // EXPECT: nmr-detach-contract
}

static VOID NTAPI
FennelCleanup(PVOID ClientBindingContext)
{
    ExFreePoolWithTag(ClientBindingContext, FENNEL_TAG);
}

static const NPI_CLIENT_CHARACTERISTICS FennelCharacteristics = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), FennelAttach, FennelDetach, FennelCleanup,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &FennelNpiId, &FennelModuleId, 0, NULL }
};

static HANDLE FennelHandle;

static VOID NTAPI
FennelUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterClient(FennelHandle) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(FennelHandle);
    }
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = FennelUnload;
    return NmrRegisterClient(&FennelCharacteristics, NULL, &FennelHandle);
}
