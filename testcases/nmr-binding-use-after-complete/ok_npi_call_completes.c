// Only a call of the client can complete the detach; while it is inside, its own side cannot be finished and nothing is cleaned up.
#include <ntddk.h>
#include <netioddk.h>

#define CHICORY_TAG 'cihC'

typedef struct _CHICORY_CLIENT {
    KSPIN_LOCK Lock;
    ULONG Open;
    BOOLEAN Detaching;
    ULONG Closed;
    HANDLE NmrBindingHandle;
    PVOID ClientContext;
    const VOID *ClientDispatch;
} CHICORY_CLIENT, *PCHICORY_CLIENT;

static const NPIID ChicoryNpiId = { 0xc49ca644, 0xa8b8, 0x4a81, { 0xa9, 0xe0, 0x6b, 0x03, 0xce, 0xf5, 0x46, 0xa4 } };
static const NPI_MODULEID ChicoryModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0xd2fcf6a5, 0xfc7f, 0x4745, { 0xa1, 0xaf, 0x60, 0x36, 0x6e, 0x3b, 0xb5, 0xf4 } } } };

static VOID NTAPI
ChicoryOpen(PVOID ProviderBindingContext)
{
    PCHICORY_CLIENT client = ProviderBindingContext;
    KIRQL irql;

    KeAcquireSpinLock(&client->Lock, &irql);
    client->Open++;
    KeReleaseSpinLock(&client->Lock, irql);
}

static VOID NTAPI
ChicoryClose(PVOID ProviderBindingContext)
{
    PCHICORY_CLIENT client = ProviderBindingContext;
    BOOLEAN complete;
    KIRQL irql;

    KeAcquireSpinLock(&client->Lock, &irql);
    complete = --client->Open == 0 && client->Detaching;
    KeReleaseSpinLock(&client->Lock, irql);
    if (complete) {
        NmrProviderDetachClientComplete(client->NmrBindingHandle);
    }
    client->Closed++;
}

static const struct { USHORT Version; VOID (NTAPI *Open)(PVOID); VOID (NTAPI *Close)(PVOID); } ChicoryDispatch = {
    1, ChicoryOpen, ChicoryClose
};

static NTSTATUS NTAPI
ChicoryAttach(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientInstance, PVOID ClientBindingContext,
    const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    PCHICORY_CLIENT client = ExAllocatePoolZero(NonPagedPoolNx, sizeof(*client), CHICORY_TAG);

    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientInstance);
    if (client == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    KeInitializeSpinLock(&client->Lock);
    client->NmrBindingHandle = NmrBindingHandle;
    client->ClientContext = ClientBindingContext;
    client->ClientDispatch = ClientDispatch;
    *ProviderBindingContext = client;
    *ProviderDispatch = &ChicoryDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
ChicoryDetach(PVOID ProviderBindingContext)
{
    PCHICORY_CLIENT client = ProviderBindingContext;
    NTSTATUS status;
    KIRQL irql;

    KeAcquireSpinLock(&client->Lock, &irql);
    client->Detaching = TRUE;
    status = client->Open != 0 ? STATUS_PENDING : STATUS_SUCCESS;
    KeReleaseSpinLock(&client->Lock, irql);
    return status;
}

static VOID NTAPI
ChicoryCleanup(PVOID ProviderBindingContext)
{
    ExFreePoolWithTag(ProviderBindingContext, CHICORY_TAG);
}

static const NPI_PROVIDER_CHARACTERISTICS ChicoryCharacteristics = {
    .Length = sizeof(NPI_PROVIDER_CHARACTERISTICS),
    .ProviderAttachClient = ChicoryAttach,
    .ProviderDetachClient = ChicoryDetach,
    .ProviderCleanupBindingContext = ChicoryCleanup,
    .ProviderRegistrationInstance = {
        .Size = sizeof(NPI_REGISTRATION_INSTANCE),
        .NpiId = &ChicoryNpiId,
        .ModuleId = &ChicoryModuleId,
    },
};

static HANDLE ChicoryHandle;

static VOID NTAPI
ChicoryUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterProvider(ChicoryHandle) == STATUS_PENDING) {
        NmrWaitForProviderDeregisterComplete(ChicoryHandle);
    }
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = ChicoryUnload;
    return NmrRegisterProvider(&ChicoryCharacteristics, NULL, &ChicoryHandle);
}
