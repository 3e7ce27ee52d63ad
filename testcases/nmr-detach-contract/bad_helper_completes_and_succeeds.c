// "Finish" completes the detach when it has drained the queue; the callback that calls it returns success all the same.
#include <ntddk.h>
#include <netioddk.h>

#define SPRUCE_TAG 'urpS'

typedef struct _SPRUCE_CLIENT {
    HANDLE NmrBindingHandle;
    LIST_ENTRY Queue;
    KSPIN_LOCK Lock;
} SPRUCE_CLIENT, *PSPRUCE_CLIENT;

static const ULONG SpruceDispatch = 1;

static const NPIID SpruceNpiId = { 0x7a242649, 0x8f6f, 0x45cc, { 0x15, 0x4a, 0x16, 0x5a, 0xf0, 0x8a, 0x99, 0x57 } };
static const NPI_MODULEID SpruceModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x70add88f, 0x8096, 0x414c, { 0xed, 0xc2, 0x31, 0xe4, 0x27, 0x4a, 0x92, 0x0b } } } };

static VOID
SpruceFinish(PSPRUCE_CLIENT Client)
{
    HANDLE handle = Client->NmrBindingHandle;
    BOOLEAN empty;
    KIRQL irql;

    KeAcquireSpinLock(&Client->Lock, &irql);
    empty = IsListEmpty(&Client->Queue);
    InitializeListHead(&Client->Queue);
    KeReleaseSpinLock(&Client->Lock, irql);
    if (empty) {
        NmrProviderDetachClientComplete(handle); // EXPECT: nmr-detach-contract
    }
}

static NTSTATUS NTAPI
SpruceAttach(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientInstance, PVOID ClientBindingContext,
    const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    PSPRUCE_CLIENT client = ExAllocatePoolZero(NonPagedPoolNx, sizeof(*client), SPRUCE_TAG);

    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    if (client == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    KeInitializeSpinLock(&client->Lock);
    InitializeListHead(&client->Queue);
    client->NmrBindingHandle = NmrBindingHandle;
    *ProviderBindingContext = client;
    *ProviderDispatch = &SpruceDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
SpruceDetach(PVOID ProviderBindingContext)
{
    SpruceFinish(ProviderBindingContext);
    return STATUS_SUCCESS;
}

static VOID NTAPI
SpruceCleanup(PVOID ProviderBindingContext)
{
    ExFreePoolWithTag(ProviderBindingContext, SPRUCE_TAG);
}

static const NPI_PROVIDER_CHARACTERISTICS SpruceCharacteristics = {
    .Length = sizeof(NPI_PROVIDER_CHARACTERISTICS),
    .ProviderAttachClient = SpruceAttach,
    .ProviderDetachClient = SpruceDetach,
    .ProviderCleanupBindingContext = SpruceCleanup,
    .ProviderRegistrationInstance = {
        .Size = sizeof(NPI_REGISTRATION_INSTANCE),
        .NpiId = &SpruceNpiId,
        .ModuleId = &SpruceModuleId,
    },
};

static HANDLE SpruceHandle;

static VOID NTAPI
SpruceUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterProvider(SpruceHandle) == STATUS_PENDING) {
        NmrWaitForProviderDeregisterComplete(SpruceHandle);
    }
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = SpruceUnload;
    return NmrRegisterProvider(&SpruceCharacteristics, NULL, &SpruceHandle);
}
