/* redstart: each binding has a resource of its own, deleted in the cleanup callback at any level. */
#include <ntddk.h>
#include <netioddk.h>

#define REDSTART_TAG 'sdeR'

typedef struct _REDSTART_CLIENT {
    ERESOURCE Resource;
    HANDLE NmrBindingHandle;
} REDSTART_CLIENT, *PREDSTART_CLIENT;

static const ULONG RedstartDispatch = 1;

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
    ExInitializeResourceLite(&client->Resource);
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

    ExDeleteResourceLite(&client->Resource); // EXPECT: irql-too-high
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
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = RedstartUnload;
    return NmrRegisterProvider(&RedstartCharacteristics, NULL, &RedstartHandle);
}
