// The last call completes the detach with the binding's own lock held, and then releases that lock.
#include <ntddk.h>
#include <netioddk.h>

#define HEATH_TAG 'taeH'

typedef struct _HEATH_PROVIDER { USHORT Version; NTSTATUS (NTAPI *Ask)(PVOID ProviderContext, PULONG Answer); } HEATH_PROVIDER;

typedef struct _HEATH_BINDING {
    KSPIN_LOCK Lock;
    ULONG Calls;
    BOOLEAN Closing;
    HANDLE NmrBindingHandle;
    PVOID ProviderContext;
    const HEATH_PROVIDER *Provider;
} HEATH_BINDING, *PHEATH_BINDING;

static const NPIID HeathNpiId = { 0xc9931df3, 0xad41, 0x4b46, { 0xca, 0x5f, 0xda, 0xa9, 0x2c, 0xac, 0xd2, 0x6f } };
static const NPI_MODULEID HeathModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0xfa854665, 0xd8c4, 0x413c, { 0xd7, 0xa5, 0x8c, 0x40, 0xdf, 0x95, 0x35, 0x8a } } } };

static VOID
HeathExit(PHEATH_BINDING Binding)
{
    KLOCK_QUEUE_HANDLE queue;

    KeAcquireInStackQueuedSpinLock(&Binding->Lock, &queue);
    Binding->Calls--;
    if (Binding->Closing && Binding->Calls == 0) {
        NmrClientDetachProviderComplete(Binding->NmrBindingHandle);
    }
    KeReleaseInStackQueuedSpinLock(&queue); // EXPECT: nmr-binding-use-after-complete
}

NTSTATUS
HeathAsk(PHEATH_BINDING Binding, PULONG Answer)
{
    KLOCK_QUEUE_HANDLE queue;
    NTSTATUS status;

    KeAcquireInStackQueuedSpinLock(&Binding->Lock, &queue);
    if (Binding->Closing) {
        KeReleaseInStackQueuedSpinLock(&queue);
        return STATUS_DEVICE_NOT_READY;
    }
    Binding->Calls++;
    KeReleaseInStackQueuedSpinLock(&queue);
    status = Binding->Provider->Ask(Binding->ProviderContext, Answer);
    HeathExit(Binding);
    return status;
}

static NTSTATUS NTAPI
HeathAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderInstance)
{
    PHEATH_BINDING binding = ExAllocatePoolZero(NonPagedPoolNx, sizeof(*binding), HEATH_TAG);
    NTSTATUS status;

    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderInstance);
    if (binding == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    KeInitializeSpinLock(&binding->Lock);
    binding->NmrBindingHandle = NmrBindingHandle;
    status = NmrClientAttachProvider(NmrBindingHandle, binding, NULL, &binding->ProviderContext, (const VOID **)&binding->Provider);
    if (!NT_SUCCESS(status)) {
        ExFreePoolWithTag(binding, HEATH_TAG);
    }
    return status;
}

static NTSTATUS NTAPI
HeathDetach(PVOID ClientBindingContext)
{
    PHEATH_BINDING binding = ClientBindingContext;
    KLOCK_QUEUE_HANDLE queue;
    BOOLEAN busy;

    KeAcquireInStackQueuedSpinLock(&binding->Lock, &queue);
    binding->Closing = TRUE;
    busy = binding->Calls != 0;
    KeReleaseInStackQueuedSpinLock(&queue);
    return busy ? STATUS_PENDING : STATUS_SUCCESS;
}

static VOID NTAPI
HeathCleanup(PVOID ClientBindingContext)
{
    ExFreePoolWithTag(ClientBindingContext, HEATH_TAG);
}

static const NPI_CLIENT_CHARACTERISTICS HeathCharacteristics = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = HeathAttach,
    .ClientDetachProvider = HeathDetach,
    .ClientCleanupBindingContext = HeathCleanup,
    .ClientRegistrationInstance = {
        .Size = sizeof(NPI_REGISTRATION_INSTANCE),
        .NpiId = &HeathNpiId,
        .ModuleId = &HeathModuleId,
    },
};

static HANDLE HeathHandle;

static VOID NTAPI
HeathUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterClient(HeathHandle) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(HeathHandle);
    }
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = HeathUnload;
    return NmrRegisterClient(&HeathCharacteristics, NULL, &HeathHandle);
}
