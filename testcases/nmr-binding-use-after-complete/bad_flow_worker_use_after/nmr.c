#include "flow.h"

static EX_SPIN_LOCK FlowLock;
static LIST_ENTRY FlowBindings = { &FlowBindings, &FlowBindings };
static HANDLE FlowClient;
static EX_PUSH_LOCK FlowStateLock;
static enum { FlowStopped, FlowStarted } FlowState;

static const NPIID FlowNpiId = { 0x8f7cf81f, 0x0be9, 0x4b3c, { 0x2f, 0xfb, 0xaa, 0xff, 0x6b, 0xe0, 0x81, 0xf0 } };
static const NPI_MODULEID FlowModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x53d23485, 0x8868, 0x4780, { 0xf7, 0x1f, 0x77, 0x00, 0x3e, 0x38, 0x01, 0xfe } } } };

static VOID
FlowBindingFree(PFLOW_BINDING Binding)
{
    if (Binding == NULL) {
        return;
    }
    if (Binding->DetachWork != NULL) {
        IoFreeWorkItem(Binding->DetachWork);
    }
    ExFreePoolWithTag(Binding, FLOW_TAG);
}

static PFLOW_BINDING
FlowFirstReferenced(VOID)
{
    PFLOW_BINDING found = NULL;
    PLIST_ENTRY entry;
    KIRQL irql;

    irql = ExAcquireSpinLockShared(&FlowLock);
    for (entry = FlowBindings.Flink; entry != &FlowBindings; entry = entry->Flink) {
        PFLOW_BINDING binding = CONTAINING_RECORD(entry, FLOW_BINDING, Link);

        if (ExAcquireRundownProtection(&binding->Rundown)) {
            found = binding;
            break;
        }
    }
    ExReleaseSpinLockShared(&FlowLock, irql);
    return found;
}

BOOLEAN
FlowAllowed(UINT64 FlowId)
{
    PFLOW_BINDING binding = FlowFirstReferenced();
    BOOLEAN allowed = TRUE;

    if (binding != NULL) {
        allowed = binding->Provider->Allow(binding->ProviderContext, FlowId);
        ExReleaseRundownProtection(&binding->Rundown);
    }
    return allowed;
}

static VOID NTAPI
FlowDetachWorker(PDEVICE_OBJECT DeviceObject, PVOID Context)
{
    PFLOW_BINDING binding = Context;
    HANDLE handle = binding->NmrBindingHandle;

    UNREFERENCED_PARAMETER(DeviceObject);
    ExWaitForRundownProtectionRelease(&binding->Rundown);
    NmrClientDetachProviderComplete(handle);
    if (binding->Provider->Close != NULL) { // EXPECT: nmr-binding-use-after-complete
        binding->Provider->Close(binding->ProviderContext);
    }
}

static NTSTATUS NTAPI
FlowAttachProvider(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE Instance)
{
    PFLOW_BINDING binding;
    NTSTATUS status;
    KIRQL irql;

    UNREFERENCED_PARAMETER(ClientContext);

    if (Instance->NpiSpecificCharacteristics == NULL) {
        return STATUS_NOINTERFACE;
    }
    binding = ExAllocatePoolZero(NonPagedPoolNx, sizeof(*binding), FLOW_TAG);
    if (binding == NULL) {
        status = STATUS_INSUFFICIENT_RESOURCES;
        goto Exit;
    }
    ExInitializeRundownProtection(&binding->Rundown);
    binding->NmrBindingHandle = NmrBindingHandle;
    binding->DetachWork = IoAllocateWorkItem(FlowDevice);
    if (binding->DetachWork == NULL) {
        status = STATUS_INSUFFICIENT_RESOURCES;
        goto Exit;
    }
    status = NmrClientAttachProvider(NmrBindingHandle, binding, NULL, &binding->ProviderContext, (const VOID **)&binding->Provider);
    if (!NT_SUCCESS(status)) {
        goto Exit;
    }
    irql = ExAcquireSpinLockExclusive(&FlowLock);
    InsertTailList(&FlowBindings, &binding->Link);
    ExReleaseSpinLockExclusive(&FlowLock, irql);
    binding = NULL;

Exit:
    FlowBindingFree(binding);
    return status;
}

static NTSTATUS NTAPI
FlowDetachProvider(PVOID ClientBindingContext)
{
    PFLOW_BINDING binding = ClientBindingContext;
    KIRQL irql;

    irql = ExAcquireSpinLockExclusive(&FlowLock);
    RemoveEntryList(&binding->Link);
    ExReleaseSpinLockExclusive(&FlowLock, irql);
    IoQueueWorkItem(binding->DetachWork, FlowDetachWorker, DelayedWorkQueue, binding);
    return STATUS_PENDING;
}

static VOID NTAPI
FlowCleanupBinding(PVOID ClientBindingContext)
{
    FlowBindingFree(ClientBindingContext);
}

static NPI_CLIENT_CHARACTERISTICS FlowCharacteristics;

static VOID
FlowFillCharacteristics(PNPI_CLIENT_CHARACTERISTICS Characteristics)
{
    RtlZeroMemory(Characteristics, sizeof(*Characteristics));
    Characteristics->Length = sizeof(*Characteristics);
    Characteristics->ClientAttachProvider = FlowAttachProvider;
    Characteristics->ClientDetachProvider = FlowDetachProvider;
    Characteristics->ClientCleanupBindingContext = FlowCleanupBinding;
    Characteristics->ClientRegistrationInstance.Size = sizeof(NPI_REGISTRATION_INSTANCE);
    Characteristics->ClientRegistrationInstance.NpiId = (PNPIID)&FlowNpiId;
    Characteristics->ClientRegistrationInstance.ModuleId = (PNPI_MODULEID)&FlowModuleId;
}

NTSTATUS
FlowNmrStart(VOID)
{
    NTSTATUS status = STATUS_SUCCESS;

    KeEnterCriticalRegion();
    ExAcquirePushLockExclusive(&FlowStateLock);
    if (FlowState == FlowStopped) {
        FlowFillCharacteristics(&FlowCharacteristics);
        status = NmrRegisterClient(&FlowCharacteristics, NULL, &FlowClient);
        if (NT_SUCCESS(status)) {
            FlowState = FlowStarted;
        }
    }
    ExReleasePushLockExclusive(&FlowStateLock);
    KeLeaveCriticalRegion();
    return status;
}

VOID
FlowNmrStop(VOID)
{
    KeEnterCriticalRegion();
    ExAcquirePushLockExclusive(&FlowStateLock);
    if (FlowState == FlowStarted) {
        if (NmrDeregisterClient(FlowClient) == STATUS_PENDING) {
            NmrWaitForClientDeregisterComplete(FlowClient);
        }
        FlowState = FlowStopped;
    }
    ExReleasePushLockExclusive(&FlowStateLock);
    KeLeaveCriticalRegion();
}
