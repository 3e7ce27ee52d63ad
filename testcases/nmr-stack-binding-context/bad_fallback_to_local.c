/* dunlin: when the pool is empty the binding falls back to a local. */
#include <ntddk.h>
#include <netioddk.h>

#define DUNLIN_TAG 'nuDN'

typedef struct _DUNLIN { BOOLEAN FromPool; PVOID Provider; const VOID *Dispatch; } DUNLIN, *PDUNLIN;

static volatile LONG DunlinReserved;
static HANDLE DunlinHandle;

static const NPIID DunlinNpiId = { 0xb8b1ca99, 0xc039, 0x43ab, { 0x0b, 0xa0, 0x44, 0xbb, 0xa2, 0x51, 0xdf, 0x8e } };
static const NPI_MODULEID DunlinModuleId = {
    sizeof(NPI_MODULEID), MIT_GUID,
    .Guid = { 0x00684527, 0x18c7, 0x4d07, { 0x4b, 0xcf, 0x1d, 0xde, 0x3d, 0x17, 0xf6, 0x56 } }
};

static VOID
DunlinFree(PDUNLIN Binding)
{
    if (Binding->FromPool) {
        ExFreePoolWithTag(Binding, DUNLIN_TAG);
    } else {
        InterlockedExchange(&DunlinReserved, 0);
    }
}

static NTSTATUS NTAPI
DunlinAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE Instance)
{
    DUNLIN reserve = { FALSE, NULL, NULL };
    PDUNLIN binding;
    NTSTATUS status;

    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(Instance);
    binding = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*binding), DUNLIN_TAG);
    if (binding != NULL) {
        binding->FromPool = TRUE;
    } else if (InterlockedExchange(&DunlinReserved, 1) == 0) {
        binding = &reserve;
    } else {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    status = NmrClientAttachProvider(NmrBindingHandle, binding, NULL, &binding->Provider, &binding->Dispatch); // EXPECT: nmr-stack-binding-context
    if (!NT_SUCCESS(status)) {
        DunlinFree(binding);
    }
    return status;
}

static NTSTATUS NTAPI
DunlinDetach(PVOID ClientBindingContext)
{
    ((PDUNLIN)ClientBindingContext)->Dispatch = NULL;
    return STATUS_SUCCESS;
}

static VOID NTAPI
DunlinCleanup(PVOID ClientBindingContext)
{
    DunlinFree(ClientBindingContext);
}

static const NPI_CLIENT_CHARACTERISTICS DunlinCharacteristics = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), DunlinAttach, DunlinDetach, DunlinCleanup,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &DunlinNpiId, &DunlinModuleId, 0, NULL }
};

static VOID NTAPI
DunlinUnload(PDRIVER_OBJECT DriverObject)
{
    NTSTATUS status;

    UNREFERENCED_PARAMETER(DriverObject);
    status = NmrDeregisterClient(DunlinHandle);
    NT_ASSERT(status == STATUS_PENDING);
    if (status == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(DunlinHandle);
    }
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = DunlinUnload;
    return NmrRegisterClient(&DunlinCharacteristics, NULL, &DunlinHandle);
}
