// Bindings live in a lookaside list, provider side; every failing return gives the entry back.
#include <ntddk.h>
#include <netioddk.h>

typedef struct _ROSE_CLIENT {
    HANDLE NmrBindingHandle;
    PVOID ClientContext;
    const VOID *ClientDispatch;
} ROSE_CLIENT, *PROSE_CLIENT;

static NPAGED_LOOKASIDE_LIST RoseList;
static HANDLE RoseProvider;
static const ULONG RoseDispatch = 1;

static const NPIID RoseNpiId = { 0xe4050182, 0x40c9, 0x4347, { 0x69, 0xc9, 0x9c, 0xec, 0x59, 0x80, 0x88, 0x84 } };
static const NPI_MODULEID RoseModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x6e493b7c, 0x420f, 0x4fee, { 0xf0, 0x71, 0x62, 0x46, 0x91, 0x28, 0x95, 0xdd } } } };

static NTSTATUS
RoseCheck(PNPI_REGISTRATION_INSTANCE Instance)
{
    return Instance->Version >= 2 ? STATUS_SUCCESS : STATUS_NOINTERFACE;
}

static NTSTATUS NTAPI
RoseAttach(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientInstance, PVOID ClientBindingContext,
    const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    PROSE_CLIENT client = NULL;
    NTSTATUS status;

    UNREFERENCED_PARAMETER(ProviderContext);
    client = ExAllocateFromNPagedLookasideList(&RoseList);
    if (client == NULL) {
        status = STATUS_INSUFFICIENT_RESOURCES;
        goto Exit;
    }
    status = RoseCheck(ClientInstance);
    if (!NT_SUCCESS(status)) {
        goto Exit;
    }
    client->NmrBindingHandle = NmrBindingHandle;
    client->ClientContext = ClientBindingContext;
    client->ClientDispatch = ClientDispatch;
    *ProviderBindingContext = client;
    *ProviderDispatch = &RoseDispatch;
    client = NULL;
    status = STATUS_SUCCESS;

Exit:
    if (client != NULL) {
        ExFreeToNPagedLookasideList(&RoseList, client);
    }
    return status;
}

static NTSTATUS NTAPI
RoseDetach(PVOID ProviderBindingContext)
{
    UNREFERENCED_PARAMETER(ProviderBindingContext);
    return STATUS_SUCCESS;
}

static VOID NTAPI
RoseCleanup(PVOID ProviderBindingContext)
{
    ExFreeToNPagedLookasideList(&RoseList, ProviderBindingContext);
}

static const NPI_PROVIDER_CHARACTERISTICS RoseCharacteristics = {
    .Length = sizeof(NPI_PROVIDER_CHARACTERISTICS),
    .ProviderAttachClient = RoseAttach,
    .ProviderDetachClient = RoseDetach,
    .ProviderCleanupBindingContext = RoseCleanup,
    .ProviderRegistrationInstance = {
        .Size = sizeof(NPI_REGISTRATION_INSTANCE),
        .NpiId = &RoseNpiId,
        .ModuleId = &RoseModuleId,
    },
};

static VOID NTAPI
RoseUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterProvider(RoseProvider) == STATUS_PENDING) {
        NmrWaitForProviderDeregisterComplete(RoseProvider);
    }
    ExDeleteNPagedLookasideList(&RoseList);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    ExInitializeNPagedLookasideList(&RoseList, NULL, NULL, POOL_NX_ALLOCATION, sizeof(ROSE_CLIENT), 'esoR', 0);
    status = NmrRegisterProvider(&RoseCharacteristics, NULL, &RoseProvider);
    if (!NT_SUCCESS(status)) {
        ExDeleteNPagedLookasideList(&RoseList);
        return status;
    }
    DriverObject->DriverUnload = RoseUnload;
    return STATUS_SUCCESS;
}
