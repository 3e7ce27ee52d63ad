/*
 * The last call out completes the detach, and does so behind the lock with what it copied under it. 'Priority' never
 * changes once the binding is attached: both reads of it agree. (Twin: bad_unlock_after_complete)
 */
#include <ntddk.h>
#include <netioddk.h>

#define HEATH_TAG 'taeH'

typedef struct _HEATH_PROVIDER {
    NTSTATUS (NTAPI *Ask)(PVOID Context, PULONG Answer);
} HEATH_PROVIDER;

typedef struct _HEATH_BINDING {
    KSPIN_LOCK Lock;
    KSPIN_LOCK Queue;
    HANDLE NmrBindingHandle;
    ULONG Calls;
    BOOLEAN Closing;
    BOOLEAN Priority;
    PVOID ProviderContext;
    const HEATH_PROVIDER *Provider;
} HEATH_BINDING, *PHEATH_BINDING;

static const NPIID HeathNpiId = { 0x2c7a5d10, 0x9b1e, 0x4f6a, { 0x81, 0x5d, 0x2e, 0x90, 0x43, 0xc7, 0xaa, 0x19 } };
static const NPI_MODULEID HeathModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x07d3b5ce, 0x64a2, 0x4d0f, { 0x93, 0x3b, 0x5f, 0x61, 0xe8, 0x0a, 0x7c, 0xd2 } } } };

static VOID
HeathExit(PHEATH_BINDING Binding)
{
    HANDLE handle = Binding->NmrBindingHandle;
    BOOLEAN last;
    KIRQL irql;

    KeAcquireSpinLock(&Binding->Lock, &irql);
    Binding->Calls--;
    last = Binding->Closing && Binding->Calls == 0;
    KeReleaseSpinLock(&Binding->Lock, irql);
    if (last) {
        NmrClientDetachProviderComplete(handle);
    }
}

NTSTATUS
HeathAsk(PHEATH_BINDING Binding, PULONG Answer)
{
    KIRQL irql, queue;
    NTSTATUS status;

    if (Binding->Priority) {
        KeAcquireSpinLock(&Binding->Queue, &queue);
    }
    KeAcquireSpinLock(&Binding->Lock, &irql);
    if (Binding->Closing) {
        KeReleaseSpinLock(&Binding->Lock, irql);
        status = STATUS_DEVICE_NOT_READY;
        goto Exit;
    }
    Binding->Calls++;
    KeReleaseSpinLock(&Binding->Lock, irql);
    status = Binding->Provider->Ask(Binding->ProviderContext, Answer);
    if (Binding->Priority) {
        KeReleaseSpinLock(&Binding->Queue, queue);
    }
    HeathExit(Binding);
    return status;

Exit:
    if (Binding->Priority) {
        KeReleaseSpinLock(&Binding->Queue, queue);
    }
    return status;
}

static NTSTATUS NTAPI
HeathAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderInstance)
{
    PHEATH_BINDING binding = ExAllocatePoolZero(NonPagedPoolNx, sizeof(*binding), HEATH_TAG);
    NTSTATUS status;

    UNREFERENCED_PARAMETER(ClientContext);
    if (binding == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    KeInitializeSpinLock(&binding->Lock);
    KeInitializeSpinLock(&binding->Queue);
    binding->Priority = ProviderInstance->Number == 1;
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
    BOOLEAN busy;
    KIRQL irql;

    KeAcquireSpinLock(&binding->Lock, &irql);
    binding->Closing = TRUE;
    busy = binding->Calls != 0;
    KeReleaseSpinLock(&binding->Lock, irql);
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
