// What outlives the completion is taken over first: the pointer in the binding is nulled, and the cleanup looks at it.
#include <ntddk.h>
#include <netioddk.h>

#define FIR_TAG 'riFn'

typedef struct _FIR_SHARED { LONG Uses; ULONG Sum; } FIR_SHARED, *PFIR_SHARED;

typedef struct _FIR_BINDING {
    WORK_QUEUE_ITEM Item;
    HANDLE NmrBindingHandle;
    PULONG Counters;
    PFIR_SHARED Shared;
    PVOID ProviderContext;
    const VOID *ProviderDispatch;
} FIR_BINDING, *PFIR_BINDING;

static FIR_SHARED FirShared;

static const NPIID FirNpiId = { 0xc95288f5, 0x9ce9, 0x4504, { 0x60, 0x44, 0x25, 0x32, 0x71, 0xd6, 0x36, 0x76 } };
static const NPI_MODULEID FirModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0xe2c39bf4, 0xbf41, 0x46cb, { 0x03, 0x31, 0x19, 0x0f, 0xdb, 0x7d, 0xa0, 0x52 } } } };

static VOID NTAPI
FirWorker(PVOID Parameter)
{
    PFIR_BINDING binding = Parameter;
    PULONG counters = binding->Counters;
    PFIR_SHARED shared = binding->Shared;
    HANDLE handle = binding->NmrBindingHandle;

    binding->Counters = NULL;
    NmrClientDetachProviderComplete(handle);
    shared->Sum += counters[0];
    ExFreePoolWithTag(counters, FIR_TAG);
}

static VOID
FirFree(PFIR_BINDING Binding)
{
    if (Binding->Counters != NULL) {
        ExFreePoolWithTag(Binding->Counters, FIR_TAG);
    }
    ExFreePoolWithTag(Binding, FIR_TAG);
}

static NTSTATUS NTAPI
FirAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderInstance)
{
    PFIR_BINDING binding = ExAllocatePoolZero(NonPagedPoolNx, sizeof(*binding), FIR_TAG);
    NTSTATUS status;

    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderInstance);
    if (binding == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    binding->Counters = ExAllocatePoolZero(NonPagedPoolNx, 64, FIR_TAG);
    if (binding->Counters == NULL) {
        FirFree(binding);
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    ExInitializeWorkItem(&binding->Item, FirWorker, binding);
    binding->Shared = &FirShared;
    binding->NmrBindingHandle = NmrBindingHandle;
    status = NmrClientAttachProvider(NmrBindingHandle, binding, NULL, &binding->ProviderContext, &binding->ProviderDispatch);
    if (!NT_SUCCESS(status)) {
        FirFree(binding);
    }
    return status;
}

static NTSTATUS NTAPI
FirDetach(PVOID ClientBindingContext)
{
    ExQueueWorkItem(&((PFIR_BINDING)ClientBindingContext)->Item, DelayedWorkQueue);
    return STATUS_PENDING;
}

static VOID NTAPI
FirCleanup(PVOID ClientBindingContext)
{
    FirFree(ClientBindingContext);
}

static const NPI_CLIENT_CHARACTERISTICS FirCharacteristics = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = FirAttach,
    .ClientDetachProvider = FirDetach,
    .ClientCleanupBindingContext = FirCleanup,
    .ClientRegistrationInstance = {
        .Size = sizeof(NPI_REGISTRATION_INSTANCE),
        .NpiId = &FirNpiId,
        .ModuleId = &FirModuleId,
    },
};

static HANDLE FirHandle;

static VOID NTAPI
FirUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterClient(FirHandle) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(FirHandle);
    }
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = FirUnload;
    return NmrRegisterClient(&FirCharacteristics, NULL, &FirHandle);
}
