/* shingle: a provider. After the completion the binding is freed next to it. */
#include <ntddk.h>
#include <netioddk.h>

#define SHINGLE_TAG 'nihS'

typedef struct _SHINGLE {
    KTIMER Timer;
    KDPC Dpc;
    HANDLE NmrBindingHandle;
    PVOID Buffer;
} SHINGLE, *PSHINGLE;

static const USHORT ShingleDispatch = 1;
static HANDLE ShingleHandle;

static const NPIID ShingleNpiId = { 0x2b2de154, 0x12c7, 0x4258, { 0x74, 0x34, 0x27, 0xda, 0x5c, 0xbe, 0x45, 0xb5 } };
static const NPI_MODULEID ShingleModuleId = {
    .Length = sizeof(NPI_MODULEID),
    .Type = MIT_GUID,
    .Guid = { 0xb62238e2, 0xada2, 0x4e4b, { 0x48, 0x66, 0x5f, 0x85, 0x58, 0xe4, 0x37, 0xb4 } }
};

static VOID NTAPI
ShingleLinger(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2)
{
    PSHINGLE shingle = Context;

    UNREFERENCED_PARAMETER(Dpc);
    UNREFERENCED_PARAMETER(Argument1);
    UNREFERENCED_PARAMETER(Argument2);
    ExFreePoolWithTag(shingle->Buffer, SHINGLE_TAG);
    NmrProviderDetachClientComplete(shingle->NmrBindingHandle);
    ExFreePoolWithTag(shingle, SHINGLE_TAG); // EXPECT: nmr-binding-freed-early
}

static NTSTATUS NTAPI
ShingleAttach(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE Instance, PVOID ClientContext,
              const VOID *ClientDispatch, PVOID *BindingContext, const VOID **Dispatch)
{
    PSHINGLE shingle;

    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(Instance);
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    shingle = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*shingle), SHINGLE_TAG);
    if (shingle == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    shingle->Buffer = ExAllocatePool2(POOL_FLAG_NON_PAGED, PAGE_SIZE, SHINGLE_TAG);
    if (shingle->Buffer == NULL) {
        ExFreePoolWithTag(shingle, SHINGLE_TAG);
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    KeInitializeTimer(&shingle->Timer);
    KeInitializeDpc(&shingle->Dpc, ShingleLinger, shingle);
    shingle->NmrBindingHandle = NmrBindingHandle;
    *BindingContext = shingle;
    *Dispatch = &ShingleDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
ShingleDetach(PVOID BindingContext)
{
    PSHINGLE shingle = BindingContext;
    LARGE_INTEGER due;

    due.QuadPart = -10 * 1000 * 200;
    KeSetTimer(&shingle->Timer, due, &shingle->Dpc);
    return STATUS_PENDING;
}

static VOID NTAPI
ShingleCleanup(PVOID BindingContext)
{
    UNREFERENCED_PARAMETER(BindingContext);
}

static const NPI_PROVIDER_CHARACTERISTICS ShingleCharacteristics = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), ShingleAttach, ShingleDetach, ShingleCleanup,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &ShingleNpiId, &ShingleModuleId, 0, NULL }
};

static VOID NTAPI
ShingleUnload(PDRIVER_OBJECT DriverObject)
{
    NTSTATUS status;

    UNREFERENCED_PARAMETER(DriverObject);
    status = NmrDeregisterProvider(ShingleHandle);
    NT_ASSERT(status == STATUS_PENDING);
    if (status == STATUS_PENDING) {
        NmrWaitForProviderDeregisterComplete(ShingleHandle);
    }
    KeFlushQueuedDpcs();
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = ShingleUnload;
    return NmrRegisterProvider(&ShingleCharacteristics, NULL, &ShingleHandle);
}
