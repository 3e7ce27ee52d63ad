// Calls take rundown protection; a worker waits for them, completes, and the cleanup callback frees.
#include <ntddk.h>
#include <netioddk.h>

#define THISTLE_TAG 'sihT'

typedef struct _THISTLE_PROVIDER { USHORT Version; NTSTATUS (NTAPI *Do)(PVOID ProviderContext, ULONG What); } THISTLE_PROVIDER;

typedef struct _THISTLE_BINDING {
    PEX_RUNDOWN_REF_CACHE_AWARE Calls;
    PIO_WORKITEM Work;
    HANDLE NmrBindingHandle;
    PVOID ProviderContext;
    const THISTLE_PROVIDER *Provider;
} THISTLE_BINDING, *PTHISTLE_BINDING;

static PDEVICE_OBJECT ThistleDevice;
static HANDLE ThistleClient;
static PTHISTLE_BINDING volatile ThistleCurrent;

static const NPIID ThistleNpiId = { 0x64093fa8, 0xad81, 0x419d, { 0x82, 0x33, 0x35, 0x14, 0x06, 0x94, 0x6f, 0x50 } };
static const NPI_MODULEID ThistleModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0xf1837c7c, 0x1223, 0x44ca, { 0x0a, 0x1f, 0x96, 0x98, 0xb3, 0x70, 0x1f, 0xb9 } } } };

static VOID
ThistleFree(PTHISTLE_BINDING Binding)
{
    if (Binding->Work != NULL) {
        IoFreeWorkItem(Binding->Work);
    }
    if (Binding->Calls != NULL) {
        ExFreeCacheAwareRundownProtection(Binding->Calls);
    }
    ExFreePoolWithTag(Binding, THISTLE_TAG);
}

static VOID NTAPI
ThistleDetachWorker(PDEVICE_OBJECT DeviceObject, PVOID Context)
{
    PTHISTLE_BINDING binding = Context;
    HANDLE handle = binding->NmrBindingHandle;

    UNREFERENCED_PARAMETER(DeviceObject);
    ExWaitForRundownProtectionReleaseCacheAware(binding->Calls);
    NmrClientDetachProviderComplete(handle);
}

static NTSTATUS NTAPI
ThistleAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderInstance)
{
    PTHISTLE_BINDING binding = ExAllocatePoolZero(NonPagedPoolNx, sizeof(*binding), THISTLE_TAG);
    NTSTATUS status = STATUS_INSUFFICIENT_RESOURCES;

    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderInstance);
    if (binding == NULL) {
        return status;
    }
    binding->NmrBindingHandle = NmrBindingHandle;
    binding->Calls = ExAllocateCacheAwareRundownProtection(NonPagedPoolNx, THISTLE_TAG);
    binding->Work = IoAllocateWorkItem(ThistleDevice);
    if (binding->Calls == NULL || binding->Work == NULL) {
        goto Fail;
    }
    status = NmrClientAttachProvider(NmrBindingHandle, binding, NULL, &binding->ProviderContext, (const VOID **)&binding->Provider);
    if (!NT_SUCCESS(status)) {
        goto Fail;
    }
    ThistleCurrent = binding;
    return STATUS_SUCCESS;

Fail:
    ThistleFree(binding);
    return status;
}

static NTSTATUS NTAPI
ThistleDetach(PVOID ClientBindingContext)
{
    PTHISTLE_BINDING binding = ClientBindingContext;

    ThistleCurrent = NULL;
    IoQueueWorkItem(binding->Work, ThistleDetachWorker, DelayedWorkQueue, binding);
    return STATUS_PENDING;
}

static VOID NTAPI
ThistleCleanup(PVOID ClientBindingContext)
{
    PTHISTLE_BINDING binding = ClientBindingContext;

    /* The worker may still be on its way out; the item is freed at any level. */
    IoFreeWorkItem(binding->Work);
    ExFreePoolWithTag(binding, THISTLE_TAG);
}

static const NPI_CLIENT_CHARACTERISTICS ThistleCharacteristics = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = ThistleAttach,
    .ClientDetachProvider = ThistleDetach,
    .ClientCleanupBindingContext = ThistleCleanup,
    .ClientRegistrationInstance = {
        .Size = sizeof(NPI_REGISTRATION_INSTANCE),
        .NpiId = &ThistleNpiId,
        .ModuleId = &ThistleModuleId,
    },
};

static VOID NTAPI
ThistleUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterClient(ThistleClient) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(ThistleClient);
    }
    IoDeleteDevice(ThistleDevice);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    status = IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_NETWORK, 0, FALSE, &ThistleDevice);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    status = NmrRegisterClient(&ThistleCharacteristics, NULL, &ThistleClient);
    if (!NT_SUCCESS(status)) {
        IoDeleteDevice(ThistleDevice);
        return status;
    }
    DriverObject->DriverUnload = ThistleUnload;
    return STATUS_SUCCESS;
}
