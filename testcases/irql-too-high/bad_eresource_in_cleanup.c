/* silo: the cleanup callback of the provider takes the resource that guards the list of clients. */
#include <ntddk.h>
#include <netioddk.h>

#define SILO_TAG 'oliS'

typedef struct _SILO_CLIENT {
    LIST_ENTRY Link;
    HANDLE NmrBindingHandle;
} SILO_CLIENT, *PSILO_CLIENT;

static ERESOURCE SiloResource;
static LIST_ENTRY SiloClients;
static const ULONG SiloDispatch = 7;

static const NPIID SiloNpiId = { 0xdfcda062, 0x12d5, 0x4032, { 0x67, 0xe4, 0x2b, 0xdc, 0xa0, 0xc4, 0x24, 0x75 } };
static const NPI_MODULEID SiloModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0xa100d24f, 0xfc24, 0x4887, { 0x25, 0xec, 0xd6, 0x6d, 0xa4, 0xe7, 0x8f, 0xdf } } } };

static VOID
SiloLock(BOOLEAN Exclusive)
{
    KeEnterCriticalRegion();
    if (Exclusive) {
        ExAcquireResourceExclusiveLite(&SiloResource, TRUE);
    } else {
        ExAcquireResourceSharedLite(&SiloResource, TRUE);
    }
}

static VOID
SiloUnlock(VOID)
{
    ExReleaseResourceLite(&SiloResource);
    KeLeaveCriticalRegion();
}

static NTSTATUS NTAPI
SiloAttach(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientInstance, PVOID ClientBindingContext,
    const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    PSILO_CLIENT client;

    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    client = ExAllocatePoolWithTag(NonPagedPoolNx, sizeof(*client), SILO_TAG);
    if (client == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    client->NmrBindingHandle = NmrBindingHandle;
    SiloLock(TRUE);
    InsertHeadList(&SiloClients, &client->Link);
    SiloUnlock();
    *ProviderBindingContext = client;
    *ProviderDispatch = &SiloDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
SiloDetach(PVOID ProviderBindingContext)
{
    UNREFERENCED_PARAMETER(ProviderBindingContext);
    return STATUS_SUCCESS;
}

static VOID NTAPI
SiloCleanup(PVOID ProviderBindingContext)
{
    PSILO_CLIENT client = ProviderBindingContext;

    ExAcquireResourceExclusiveLite(&SiloResource, TRUE); // EXPECT: irql-too-high
    RemoveEntryList(&client->Link);
    ExReleaseResourceLite(&SiloResource);
    ExFreePoolWithTag(client, SILO_TAG);
}

static const NPI_PROVIDER_CHARACTERISTICS SiloCharacteristics = {
    .Length = sizeof(NPI_PROVIDER_CHARACTERISTICS),
    .ProviderAttachClient = SiloAttach,
    .ProviderDetachClient = SiloDetach,
    .ProviderCleanupBindingContext = SiloCleanup,
    .ProviderRegistrationInstance = {
        .Size = sizeof(NPI_REGISTRATION_INSTANCE),
        .NpiId = &SiloNpiId,
        .ModuleId = &SiloModuleId,
    },
};

static HANDLE SiloProvider;

static VOID NTAPI
SiloUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterProvider(SiloProvider) == STATUS_PENDING) {
        NmrWaitForProviderDeregisterComplete(SiloProvider);
    }
    ExDeleteResourceLite(&SiloResource);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    InitializeListHead(&SiloClients);
    ExInitializeResourceLite(&SiloResource);
    status = NmrRegisterProvider(&SiloCharacteristics, NULL, &SiloProvider);
    if (!NT_SUCCESS(status)) {
        ExDeleteResourceLite(&SiloResource);
        return status;
    }
    DriverObject->DriverUnload = SiloUnload;
    return STATUS_SUCCESS;
}
