// What the attach returned is mapped, retried, widened: success stays success, and failure failure.
#include <ntddk.h>
#include <netioddk.h>

typedef enum _LARK_RESULT { LarkOk, LarkNoProvider, LarkNoMemory } LARK_RESULT;

#define LARK_TAG 'kraL'

typedef struct _LARK_BINDING {
    HANDLE NmrBindingHandle;
    PVOID ProviderContext;
    const VOID *ProviderDispatch;
} LARK_BINDING, *PLARK_BINDING;

static const ULONG LarkDispatchV2 = 2;
static const ULONG LarkDispatchV1 = 1;

static const NPIID LarkNpiId = { 0x1893d8e2, 0x5e36, 0x443a, { 0x32, 0xe6, 0x2d, 0x04, 0x79, 0x4b, 0xe9, 0xa3 } };
static const NPI_MODULEID LarkModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x41fbc145, 0xbbec, 0x4669, { 0xcd, 0xb5, 0x3e, 0x5f, 0x87, 0x7e, 0x30, 0xbc } } } };

static LARK_RESULT
LarkFromStatus(NTSTATUS Status)
{
    if (NT_SUCCESS(Status)) {
        return LarkOk;
    }
    return Status == STATUS_INSUFFICIENT_RESOURCES ? LarkNoMemory : LarkNoProvider;
}

static LARK_RESULT
LarkTry(PLARK_BINDING Binding)
{
    const VOID *tables[2] = { &LarkDispatchV2, &LarkDispatchV1 };
    LARK_RESULT result = LarkNoProvider;
    ULONG i;

    for (i = 0; i < ARRAYSIZE(tables) && result == LarkNoProvider; i++) {
        result = LarkFromStatus(NmrClientAttachProvider(Binding->NmrBindingHandle, Binding, tables[i], &Binding->ProviderContext,
                                                        &Binding->ProviderDispatch));
    }
    return result;
}

static NTSTATUS NTAPI
LarkAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderInstance)
{
    PLARK_BINDING binding;

    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderInstance);
    binding = ExAllocatePoolZero(NonPagedPoolNx, sizeof(*binding), LARK_TAG);
    if (binding == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    binding->NmrBindingHandle = NmrBindingHandle;
    if (LarkTry(binding) != LarkOk) {
        ExFreePoolWithTag(binding, LARK_TAG);
        return STATUS_NOINTERFACE;
    }
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
LarkDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    return STATUS_SUCCESS;
}

static VOID NTAPI
LarkCleanup(PVOID ClientBindingContext)
{
    ExFreePoolWithTag(ClientBindingContext, LARK_TAG);
}

static const NPI_CLIENT_CHARACTERISTICS LarkCharacteristics = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), LarkAttach, LarkDetach, LarkCleanup,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &LarkNpiId, &LarkModuleId, 0, NULL }
};

static HANDLE LarkHandle;

static VOID NTAPI
LarkUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterClient(LarkHandle) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(LarkHandle);
    }
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = LarkUnload;
    return NmrRegisterClient(&LarkCharacteristics, NULL, &LarkHandle);
}
