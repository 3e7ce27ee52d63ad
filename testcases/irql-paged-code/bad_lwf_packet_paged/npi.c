#include "lwf.h"

static PNDIS_RW_LOCK_EX LwfClientsLock;
static LIST_ENTRY LwfClients;
static HANDLE LwfProvider;
static const struct { USHORT Version; } LwfDispatch = { 1 };

static const NPIID LwfNpiId = { 0x61c87ac4, 0x4a2e, 0x4f87, { 0x83, 0xf8, 0x5d, 0xe3, 0xfd, 0xc3, 0x99, 0xe8 } };
static const NPI_MODULEID LwfModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x16c8aa25, 0x26bf, 0x455b, { 0xf4, 0x3a, 0x7b, 0x4c, 0x2a, 0x3f, 0x6d, 0xfa } } } };

/* The lock is held while clients are called: they must not call back, says the NPI. */
VOID
LwfNpiPacketSeen(ULONG IfIndex, ULONG Bytes)
{
    LOCK_STATE_EX state;
    PLIST_ENTRY entry;

    NdisAcquireRWLockRead(LwfClientsLock, &state, 0);
    for (entry = LwfClients.Flink; entry != &LwfClients; entry = entry->Flink) {
        PLWF_CLIENT client = CONTAINING_RECORD(entry, LWF_CLIENT, Link);

        if (ExAcquireRundownProtection(&client->Rundown)) {
            client->Dispatch->PacketSeen(client->ClientContext, IfIndex, Bytes);
            ExReleaseRundownProtection(&client->Rundown);
        }
    }
    NdisReleaseRWLock(LwfClientsLock, &state);
}

static VOID NTAPI
LwfDetachWorker(PVOID Parameter)
{
    PLWF_CLIENT client = Parameter;
    HANDLE handle = client->NmrBindingHandle;

    ExWaitForRundownProtectionRelease(&client->Rundown);
    NmrProviderDetachClientComplete(handle);
}

static NTSTATUS NTAPI
LwfAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE Instance, PVOID ClientBindingContext,
                const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    LOCK_STATE_EX state;
    PLWF_CLIENT client;

    UNREFERENCED_PARAMETER(ProviderContext);
    if (Instance->Version != 1 || ClientDispatch == NULL) {
        return STATUS_NOINTERFACE;
    }
    client = NdisAllocateMemoryWithTagPriority(NULL, sizeof(*client), LWF_TAG, NormalPoolPriority);
    if (client == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    NdisZeroMemory(client, sizeof(*client));
    ExInitializeRundownProtection(&client->Rundown);
    ExInitializeWorkItem(&client->DetachItem, LwfDetachWorker, client);
    client->NmrBindingHandle = NmrBindingHandle;
    client->ClientContext = ClientBindingContext;
    client->Dispatch = ClientDispatch;

    NdisAcquireRWLockWrite(LwfClientsLock, &state, 0);
    InsertTailList(&LwfClients, &client->Link);
    NdisReleaseRWLock(LwfClientsLock, &state);

    *ProviderBindingContext = client;
    *ProviderDispatch = &LwfDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
LwfDetachClient(PVOID ProviderBindingContext)
{
    PLWF_CLIENT client = ProviderBindingContext;
    LOCK_STATE_EX state;

    NdisAcquireRWLockWrite(LwfClientsLock, &state, 0);
    RemoveEntryList(&client->Link);
    NdisReleaseRWLock(LwfClientsLock, &state);
    ExQueueWorkItem(&client->DetachItem, DelayedWorkQueue);
    return STATUS_PENDING;
}

static VOID NTAPI
LwfCleanupClient(PVOID ProviderBindingContext)
{
    NdisFreeMemory(ProviderBindingContext, 0, 0);
}

static const NPI_PROVIDER_CHARACTERISTICS LwfCharacteristics = {
    .Length = sizeof(NPI_PROVIDER_CHARACTERISTICS),
    .ProviderAttachClient = LwfAttachClient,
    .ProviderDetachClient = LwfDetachClient,
    .ProviderCleanupBindingContext = LwfCleanupClient,
    .ProviderRegistrationInstance = {
        .Size = sizeof(NPI_REGISTRATION_INSTANCE),
        .NpiId = &LwfNpiId,
        .ModuleId = &LwfModuleId,
    },
};

NTSTATUS
LwfNpiStart(VOID)
{
    NTSTATUS status;

    InitializeListHead(&LwfClients);
    LwfClientsLock = NdisAllocateRWLock(NULL);
    if (LwfClientsLock == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    status = NmrRegisterProvider(&LwfCharacteristics, NULL, &LwfProvider);
    if (!NT_SUCCESS(status)) {
        NdisFreeRWLock(LwfClientsLock);
        LwfClientsLock = NULL;
    }
    return status;
}

VOID
LwfNpiStop(VOID)
{
    NTSTATUS status = NmrDeregisterProvider(LwfProvider);

    if (NT_VERIFY(status == STATUS_PENDING)) {
        NmrWaitForProviderDeregisterComplete(LwfProvider);
    }
    NdisFreeRWLock(LwfClientsLock);
    LwfClientsLock = NULL;
}
