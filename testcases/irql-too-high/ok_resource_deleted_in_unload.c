/* redstart: one resource for all bindings, deleted at unload. */
#include <ntddk.h>
#include <netioddk.h>

#define REDSTART_TAG 'sdeR'

typedef struct _REDSTART_CLIENT {
    HANDLE NmrBindingHandle;
} REDSTART_CLIENT, *PREDSTART_CLIENT;

static const ULONG RedstartDispatch = 1;
static ERESOURCE RedstartResource;
static ULONG RedstartClients;

static const NPIID RedstartNpiId = { 0xd6775464, 0x364d, 0x4c20, { 0x27, 0xf7, 0x2f, 0xe9, 0xe0, 0x05, 0x51, 0xe6 } };
static const NPI_MODULEID RedstartModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x6510db10, 0xc424, 0x4fb3, { 0xb4, 0xc2, 0x9f, 0xbf, 0x37, 0x8f, 0x5c, 0x22 } } } };

static NTSTATUS NTAPI
RedstartAttach(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientInstance, PVOID ClientBindingContext,
    const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    PREDSTART_CLIENT client = ExAllocatePoolZero(NonPagedPoolNx, sizeof(*client), REDSTART_TAG);

    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    if (client == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    ExEnterCriticalRegionAndAcquireResourceExclusive(&RedstartResource);
    RedstartClients++;
    ExReleaseResourceAndLeaveCriticalRegion(&RedstartResource);
    client->NmrBindingHandle = NmrBindingHandle;
    *ProviderBindingContext = client;
    *ProviderDispatch = &RedstartDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
RedstartDetach(PVOID ProviderBindingContext)
{
    UNREFERENCED_PARAMETER(ProviderBindingContext);
    return STATUS_SUCCESS;
}

static VOID NTAPI
RedstartCleanup(PVOID ProviderBindingContext)
{
    PREDSTART_CLIENT client = ProviderBindingContext;

    ExFreePoolWithTag(client, REDSTART_TAG);
}

static const NPI_PROVIDER_CHARACTERISTICS RedstartCharacteristics = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), RedstartAttach, RedstartDetach, RedstartCleanup,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &RedstartNpiId, &RedstartModuleId, 0, NULL }
};

static HANDLE RedstartHandle;

static VOID NTAPI
RedstartUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterProvider(RedstartHandle) == STATUS_PENDING) {
        NmrWaitForProviderDeregisterComplete(RedstartHandle);
    }
    ExDeleteResourceLite(&RedstartResource);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = RedstartUnload;
    ExInitializeResourceLite(&RedstartResource);
    status = NmrRegisterProvider(&RedstartCharacteristics, NULL, &RedstartHandle);
    if (!NT_SUCCESS(status)) {
        ExDeleteResourceLite(&RedstartResource);
    }
    return status;
}
