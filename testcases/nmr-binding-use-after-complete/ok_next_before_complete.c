// The sweep takes handle and link out of each binding first.
#include <ntddk.h>
#include <netioddk.h>

#define NETTLE_TAG 'tteN'

typedef struct _NETTLE_CLIENT {
    struct _NETTLE_CLIENT *Next;
    BOOLEAN Pending;
    HANDLE NmrBindingHandle;
} NETTLE_CLIENT, *PNETTLE_CLIENT;

static KSPIN_LOCK NettleLock;
static PNETTLE_CLIENT NettleFirst;
static const ULONG NettleDispatch = 1;
static KTIMER NettleTimer;
static KDPC NettleDpc;
static HANDLE NettleProvider;

static const NPIID NettleNpiId = { 0x57507724, 0xbc9b, 0x4276, { 0x6f, 0xde, 0x94, 0x64, 0xa4, 0x7e, 0xe0, 0xd2 } };
static const NPI_MODULEID NettleModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x8d74aa96, 0xf3cb, 0x4b9b, { 0xb8, 0xfa, 0xd2, 0x9f, 0xd3, 0xb1, 0xcc, 0x73 } } } };

static VOID NTAPI
NettleTick(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2)
{
    PNETTLE_CLIENT taken = NULL;
    PNETTLE_CLIENT *link = &NettleFirst;

    UNREFERENCED_PARAMETER(Dpc);
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Argument1);
    UNREFERENCED_PARAMETER(Argument2);
    KeAcquireSpinLockAtDpcLevel(&NettleLock);
    while (*link != NULL) {
        PNETTLE_CLIENT client = *link;

        if (client->Pending) {
            *link = client->Next;
            client->Next = taken;
            taken = client;
        } else {
            link = &client->Next;
        }
    }
    KeReleaseSpinLockFromDpcLevel(&NettleLock);
    while (taken != NULL) {
        HANDLE handle = taken->NmrBindingHandle;

        taken = taken->Next;
        NmrProviderDetachClientComplete(handle);
    }
}

static NTSTATUS NTAPI
NettleAttach(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientInstance, PVOID ClientBindingContext,
    const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    PNETTLE_CLIENT client = ExAllocatePoolZero(NonPagedPoolNx, sizeof(*client), NETTLE_TAG);
    KIRQL irql;

    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    if (client == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    client->NmrBindingHandle = NmrBindingHandle;
    KeAcquireSpinLock(&NettleLock, &irql);
    client->Next = NettleFirst;
    NettleFirst = client;
    KeReleaseSpinLock(&NettleLock, irql);
    *ProviderBindingContext = client;
    *ProviderDispatch = &NettleDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
NettleDetach(PVOID ProviderBindingContext)
{
    PNETTLE_CLIENT client = ProviderBindingContext;
    KIRQL irql;

    KeAcquireSpinLock(&NettleLock, &irql);
    client->Pending = TRUE;
    KeReleaseSpinLock(&NettleLock, irql);
    return STATUS_PENDING;
}

static VOID NTAPI
NettleCleanup(PVOID ProviderBindingContext)
{
    ExFreePoolWithTag(ProviderBindingContext, NETTLE_TAG);
}

static const NPI_PROVIDER_CHARACTERISTICS NettleCharacteristics = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), NettleAttach, NettleDetach, NettleCleanup,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &NettleNpiId, &NettleModuleId, 0, NULL }
};

static VOID NTAPI
NettleUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterProvider(NettleProvider) == STATUS_PENDING) {
        NmrWaitForProviderDeregisterComplete(NettleProvider);
    }
    KeCancelTimer(&NettleTimer);
    KeFlushQueuedDpcs();
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    LARGE_INTEGER due = { .QuadPart = -1000000LL };
    NTSTATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    KeInitializeSpinLock(&NettleLock);
    KeInitializeTimerEx(&NettleTimer, SynchronizationTimer);
    KeInitializeDpc(&NettleDpc, NettleTick, NULL);
    status = NmrRegisterProvider(&NettleCharacteristics, NULL, &NettleProvider);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    KeSetTimerEx(&NettleTimer, due, 100, &NettleDpc);
    DriverObject->DriverUnload = NettleUnload;
    return STATUS_SUCCESS;
}
