// A failing step after the attach frees the binding although the NMR has it by then, and then says failure.
#include <ntddk.h>
#include <netioddk.h>

#define RUNNEL_TAG 'nnuR'

typedef struct _RUNNEL_PROVIDER_DISPATCH {
    USHORT Version;
    NTSTATUS (NTAPI *Open)(PVOID ProviderContext);
} RUNNEL_PROVIDER_DISPATCH;

typedef struct _RUNNEL_BINDING {
    HANDLE NmrBindingHandle;
    PVOID ProviderContext;
    const RUNNEL_PROVIDER_DISPATCH *Provider;
} RUNNEL_BINDING, *PRUNNEL_BINDING;

static const NPIID RunnelNpiId = { 0xb87bcacf, 0xa573, 0x46b5, { 0xc0, 0x7c, 0x69, 0x33, 0x26, 0x0f, 0x67, 0x8e } };
static const NPI_MODULEID RunnelModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0xadf596f6, 0xd4df, 0x42dc, { 0xca, 0xaf, 0xb6, 0x0b, 0x48, 0xab, 0xd2, 0xdb } } } };

static NTSTATUS NTAPI
RunnelAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderInstance)
{
    PRUNNEL_BINDING binding;
    NTSTATUS status;

    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderInstance);
    binding = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*binding), RUNNEL_TAG);
    if (binding == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    binding->NmrBindingHandle = NmrBindingHandle;
    status = NmrClientAttachProvider(NmrBindingHandle, binding, NULL, &binding->ProviderContext, (const VOID **)&binding->Provider);
    if (!NT_SUCCESS(status)) {
        ExFreePoolWithTag(binding, RUNNEL_TAG);
        return status;
    }
    if (!NT_SUCCESS(binding->Provider->Open(binding->ProviderContext))) {
        DbgPrint("runnel: provider does not open, no service\n");
        ExFreePoolWithTag(binding, RUNNEL_TAG); // EXPECT: nmr-binding-freed-early
    }
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
RunnelDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    return STATUS_SUCCESS;
}

static VOID NTAPI
RunnelCleanup(PVOID ClientBindingContext)
{
    ExFreePoolWithTag(ClientBindingContext, RUNNEL_TAG);
}

static const NPI_CLIENT_CHARACTERISTICS RunnelCharacteristics = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), RunnelAttach, RunnelDetach, RunnelCleanup,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &RunnelNpiId, &RunnelModuleId, 0, NULL }
};

static HANDLE RunnelHandle;

static VOID NTAPI
RunnelUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterClient(RunnelHandle) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(RunnelHandle);
    }
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = RunnelUnload;
    return NmrRegisterClient(&RunnelCharacteristics, NULL, &RunnelHandle);
}
