// The sweep reads the link of a binding whose detach it has just completed.
#include <ntddk.h>
#include <netioddk.h>

#define MALLOW_TAG 'llaM'

typedef struct _MALLOW_CLIENT {
    struct _MALLOW_CLIENT *Next;
    BOOLEAN Pending;
    HANDLE NmrBindingHandle;
} MALLOW_CLIENT, *PMALLOW_CLIENT;

static KSPIN_LOCK MallowLock;
static PMALLOW_CLIENT MallowFirst;
static const ULONG MallowDispatch = 1;
static KTIMER MallowTimer;
static KDPC MallowDpc;
static HANDLE MallowProvider;

static const NPIID MallowNpiId = { 0xd2359802, 0xa8c3, 0x4a62, { 0x1e, 0x80, 0xef, 0x0b, 0x4b, 0xb5, 0xaa, 0x91 } };
static const NPI_MODULEID MallowModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x422be60e, 0x7962, 0x4f81, { 0x8b, 0xad, 0xa7, 0x55, 0xe6, 0x9f, 0x02, 0x7c } } } };

static PMALLOW_CLIENT
MallowTakePending(VOID)
{
    PMALLOW_CLIENT *link = &MallowFirst;
    PMALLOW_CLIENT taken = NULL;

    KeAcquireSpinLockAtDpcLevel(&MallowLock);
    while (*link != NULL) {
        PMALLOW_CLIENT client = *link;

        if (client->Pending) {
            *link = client->Next;
            client->Next = taken;
            taken = client;
        } else {
            link = &client->Next;
        }
    }
    KeReleaseSpinLockFromDpcLevel(&MallowLock);
    return taken;
}

static VOID NTAPI
MallowTick(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2)
{
    PMALLOW_CLIENT client = MallowTakePending();

    UNREFERENCED_PARAMETER(Dpc);
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Argument1);
    UNREFERENCED_PARAMETER(Argument2);
    while (client != NULL) {
        NmrProviderDetachClientComplete(client->NmrBindingHandle);
        client = client->Next; // EXPECT: nmr-binding-use-after-complete
    }
}

static NTSTATUS NTAPI
MallowAttach(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientInstance, PVOID ClientBindingContext,
    const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    PMALLOW_CLIENT client = ExAllocatePoolZero(NonPagedPoolNx, sizeof(*client), MALLOW_TAG);
    KIRQL irql;

    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    if (client == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    client->NmrBindingHandle = NmrBindingHandle;
    KeAcquireSpinLock(&MallowLock, &irql);
    client->Next = MallowFirst;
    MallowFirst = client;
    KeReleaseSpinLock(&MallowLock, irql);
    *ProviderBindingContext = client;
    *ProviderDispatch = &MallowDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
MallowDetach(PVOID ProviderBindingContext)
{
    PMALLOW_CLIENT client = ProviderBindingContext;
    KIRQL irql;

    KeAcquireSpinLock(&MallowLock, &irql);
    client->Pending = TRUE;
    KeReleaseSpinLock(&MallowLock, irql);
    return STATUS_PENDING;
}

static VOID NTAPI
MallowCleanup(PVOID ProviderBindingContext)
{
    ExFreePoolWithTag(ProviderBindingContext, MALLOW_TAG);
}

static const NPI_PROVIDER_CHARACTERISTICS MallowCharacteristics = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), MallowAttach, MallowDetach, MallowCleanup,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &MallowNpiId, &MallowModuleId, 0, NULL }
};

static VOID NTAPI
MallowUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterProvider(MallowProvider) == STATUS_PENDING) {
        NmrWaitForProviderDeregisterComplete(MallowProvider);
    }
    KeCancelTimer(&MallowTimer);
    KeFlushQueuedDpcs();
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    LARGE_INTEGER due = { .QuadPart = -1000000LL };
    NTSTATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    KeInitializeSpinLock(&MallowLock);
    KeInitializeTimerEx(&MallowTimer, SynchronizationTimer);
    KeInitializeDpc(&MallowDpc, MallowTick, NULL);
    status = NmrRegisterProvider(&MallowCharacteristics, NULL, &MallowProvider);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    KeSetTimerEx(&MallowTimer, due, 100, &MallowDpc);
    DriverObject->DriverUnload = MallowUnload;
    return STATUS_SUCCESS;
}
