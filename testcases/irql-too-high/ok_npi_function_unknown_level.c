/* almond: a provider's dispatch function blocks; at which level clients call it, nobody has said. */
#include <ntddk.h>
#include <netioddk.h>

static FAST_MUTEX AlmondMutex;
static ULONG AlmondValue;

static NTSTATUS NTAPI
AlmondSet(PVOID ProviderBindingContext, ULONG Value)
{
    UNREFERENCED_PARAMETER(ProviderBindingContext);
    ExAcquireFastMutex(&AlmondMutex);
    AlmondValue = Value;
    ExReleaseFastMutex(&AlmondMutex);
    return STATUS_SUCCESS;
}

static const struct { USHORT Version; NTSTATUS (NTAPI *Set)(PVOID, ULONG); } AlmondDispatch = { 1, AlmondSet };

static const NPIID AlmondNpiId = { 0x21ce051a, 0xf8d2, 0x4f4c, { 0xbf, 0x8f, 0xad, 0x7a, 0xba, 0x8f, 0x42, 0x7a } };
static const NPI_MODULEID AlmondModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x0286e48c, 0x607c, 0x4ea9, { 0x71, 0xde, 0x0a, 0xd3, 0x78, 0x72, 0x88, 0xb5 } } } };

static NTSTATUS NTAPI
AlmondAttach(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientInstance, PVOID ClientBindingContext,
    const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ClientInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    AlmondSet(NULL, 1);
    *ProviderBindingContext = ProviderContext;
    *ProviderDispatch = &AlmondDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
AlmondDetach(PVOID ProviderBindingContext)
{
    UNREFERENCED_PARAMETER(ProviderBindingContext);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS AlmondCharacteristics = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), AlmondAttach, AlmondDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &AlmondNpiId, &AlmondModuleId, 0, NULL }
};

static HANDLE AlmondHandle;

static VOID NTAPI
AlmondUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterProvider(AlmondHandle) == STATUS_PENDING) {
        NmrWaitForProviderDeregisterComplete(AlmondHandle);
    }
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    ExInitializeFastMutex(&AlmondMutex);
    DriverObject->DriverUnload = AlmondUnload;
    return NmrRegisterProvider(&AlmondCharacteristics, NULL, &AlmondHandle);
}
