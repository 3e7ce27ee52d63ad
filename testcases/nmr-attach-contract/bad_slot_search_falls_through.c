// The search for a free slot ends without one, and the callback says success.
#include <ntddk.h>
#include <netioddk.h>

typedef struct _CLOVER_SLOT { BOOLEAN Used; HANDLE NmrBindingHandle; } CLOVER_SLOT, *PCLOVER_SLOT;

static KSPIN_LOCK CloverLock;
static CLOVER_SLOT CloverSlots[4];
static const ULONG CloverDispatch = 1;

static const NPIID CloverNpiId = { 0x562ad48f, 0x4c45, 0x4d24, { 0xac, 0xf5, 0xb1, 0x5a, 0x1a, 0x0c, 0x2a, 0x32 } };
static const NPI_MODULEID CloverModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0xfc5da0d6, 0x88bb, 0x42dd, { 0xd1, 0xb2, 0x99, 0xe2, 0x0f, 0xd8, 0x31, 0xf8 } } } };

static NTSTATUS NTAPI
CloverAttach(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientInstance, PVOID ClientBindingContext,
    const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    KIRQL irql;
    ULONG i;

    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);

    KeAcquireSpinLock(&CloverLock, &irql);
    for (i = 0; i < ARRAYSIZE(CloverSlots); i++) {
        if (!CloverSlots[i].Used) {
            CloverSlots[i].Used = TRUE;
            CloverSlots[i].NmrBindingHandle = NmrBindingHandle;
            *ProviderBindingContext = &CloverSlots[i];
            *ProviderDispatch = &CloverDispatch;
            break;
        }
    }
    KeReleaseSpinLock(&CloverLock, irql);
    return STATUS_SUCCESS; // EXPECT: nmr-attach-contract
}

static NTSTATUS NTAPI
CloverDetach(PVOID ProviderBindingContext)
{
    UNREFERENCED_PARAMETER(ProviderBindingContext);
    return STATUS_SUCCESS;
}

static VOID NTAPI
CloverCleanup(PVOID ProviderBindingContext)
{
    ((PCLOVER_SLOT)ProviderBindingContext)->Used = FALSE;
}

static const NPI_PROVIDER_CHARACTERISTICS CloverCharacteristics = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), CloverAttach, CloverDetach, CloverCleanup,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &CloverNpiId, &CloverModuleId, 0, NULL }
};

static HANDLE CloverHandle;

static VOID NTAPI
CloverUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterProvider(CloverHandle) == STATUS_PENDING) {
        NmrWaitForProviderDeregisterComplete(CloverHandle);
    }
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    KeInitializeSpinLock(&CloverLock);
    DriverObject->DriverUnload = CloverUnload;
    return NmrRegisterProvider(&CloverCharacteristics, NULL, &CloverHandle);
}
