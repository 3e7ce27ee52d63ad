// The trace macro at the end of the release function reads the binding once more.
#include <ntddk.h>
#include <netioddk.h>

#define ONION_TAG 'oinO'

typedef struct _ONION_BINDING {
    volatile LONG References;
    ULONG Id;
    HANDLE NmrBindingHandle;
    PVOID ProviderContext;
    const VOID *ProviderDispatch;
} ONION_BINDING, *PONION_BINDING;

static volatile LONG OnionNextId;

#define OnionTrace(b, text) DbgPrintEx(DPFLTR_IHVNETWORK_ID, DPFLTR_TRACE_LEVEL, "onion %lu: %s\n", (b)->Id, (text))

static const NPIID OnionNpiId = { 0x6ed8e928, 0xcd92, 0x4b77, { 0x05, 0xaf, 0xc9, 0xfe, 0xb0, 0x41, 0x6b, 0x25 } };
static const NPI_MODULEID OnionModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x95c059c4, 0x48a0, 0x4bd1, { 0xc0, 0xb3, 0x73, 0xbb, 0xb2, 0x42, 0x8b, 0x37 } } } };

VOID
OnionRelease(PONION_BINDING Binding)
{
    OnionTrace(Binding, "release");
    if (InterlockedDecrement(&Binding->References) > 0) {
        return;
    }
    NmrClientDetachProviderComplete(Binding->NmrBindingHandle);
    OnionTrace(Binding, "detached"); // EXPECT: nmr-binding-use-after-complete
}

static NTSTATUS NTAPI
OnionAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderInstance)
{
    PONION_BINDING binding = ExAllocatePoolZero(NonPagedPoolNx, sizeof(*binding), ONION_TAG);
    NTSTATUS status;

    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderInstance);
    if (binding == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    binding->References = 1;
    binding->Id = (ULONG)InterlockedIncrement(&OnionNextId);
    binding->NmrBindingHandle = NmrBindingHandle;
    status = NmrClientAttachProvider(NmrBindingHandle, binding, NULL, &binding->ProviderContext, &binding->ProviderDispatch);
    if (!NT_SUCCESS(status)) {
        OnionTrace(binding, "not attached");
        ExFreePoolWithTag(binding, ONION_TAG);
    }
    return status;
}

static NTSTATUS NTAPI
OnionDetach(PVOID ClientBindingContext)
{
    OnionRelease(ClientBindingContext);
    return STATUS_PENDING;
}

static VOID NTAPI
OnionCleanup(PVOID ClientBindingContext)
{
    ExFreePoolWithTag(ClientBindingContext, ONION_TAG);
}

static const NPI_CLIENT_CHARACTERISTICS OnionCharacteristics = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = OnionAttach,
    .ClientDetachProvider = OnionDetach,
    .ClientCleanupBindingContext = OnionCleanup,
    .ClientRegistrationInstance = {
        .Size = sizeof(NPI_REGISTRATION_INSTANCE),
        .NpiId = &OnionNpiId,
        .ModuleId = &OnionModuleId,
    },
};

static HANDLE OnionHandle;

static VOID NTAPI
OnionUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterClient(OnionHandle) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(OnionHandle);
    }
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = OnionUnload;
    return NmrRegisterClient(&OnionCharacteristics, NULL, &OnionHandle);
}
