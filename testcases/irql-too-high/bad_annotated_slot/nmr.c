#include "shuttle.h"

#define SHUTTLE_TAG 'tuhS'

static HANDLE ShuttleHandle;

static const NPIID ShuttleNpiId = { 0x5be315c1, 0x3f86, 0x4893, { 0x01, 0x47, 0xa1, 0x98, 0x21, 0x9e, 0x8e, 0x85 } };
static const NPI_MODULEID ShuttleModuleId = {
    sizeof(NPI_MODULEID), MIT_GUID,
    .Guid = { 0xe6786809, 0x561a, 0x45d2, { 0x8a, 0x2a, 0x6c, 0x9d, 0x0e, 0x99, 0xba, 0xa6 } }
};

static NTSTATUS NTAPI
ShuttleAttachClient(
    HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientInstance, PVOID ClientBindingContext,
    const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    PSHUTTLE_CLIENT client;

    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    client = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*client), SHUTTLE_TAG);
    if (client == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    KeInitializeSpinLock(&client->Lock);
    ExInitializePushLock(&client->OpenLock);
    *ProviderBindingContext = client;
    *ProviderDispatch = &ShuttleDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
ShuttleDetachClient(PVOID ProviderBindingContext)
{
    UNREFERENCED_PARAMETER(ProviderBindingContext);
    return STATUS_SUCCESS;
}

static VOID NTAPI
ShuttleCleanup(PVOID ProviderBindingContext)
{
    ExFreePoolWithTag(ProviderBindingContext, SHUTTLE_TAG);
}

static const NPI_PROVIDER_CHARACTERISTICS ShuttleCharacteristics = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), ShuttleAttachClient, ShuttleDetachClient, ShuttleCleanup,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &ShuttleNpiId, &ShuttleModuleId, 0, NULL }
};

static VOID NTAPI
ShuttleUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterProvider(ShuttleHandle) == STATUS_PENDING)
        NmrWaitForProviderDeregisterComplete(ShuttleHandle);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = ShuttleUnload;
    return NmrRegisterProvider(&ShuttleCharacteristics, NULL, &ShuttleHandle);
}
