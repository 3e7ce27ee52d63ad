// The same search, with a look at the result; and a failing return may leave the out parameters alone.
#include <ntddk.h>
#include <netioddk.h>

typedef struct _DAISY_SLOT { BOOLEAN Used; HANDLE NmrBindingHandle; } DAISY_SLOT, *PDAISY_SLOT;

typedef struct _DAISY_ANSWER { PVOID Context; const VOID *Dispatch; } DAISY_ANSWER;

static KSPIN_LOCK DaisyLock;
static DAISY_SLOT DaisySlots[4];
static const ULONG DaisyDispatch = 1;

static const NPIID DaisyNpiId = { 0x803ffd59, 0x1ebf, 0x4d1a, { 0x10, 0xcc, 0x3a, 0x76, 0x80, 0xa5, 0x11, 0xbb } };
static const NPI_MODULEID DaisyModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x837c9237, 0x6d09, 0x4895, { 0x5d, 0xef, 0x4c, 0x65, 0xe7, 0x67, 0xec, 0x21 } } } };

static NTSTATUS
DaisyFind(HANDLE NmrBindingHandle, DAISY_ANSWER *Answer)
{
    NTSTATUS status = STATUS_INSUFFICIENT_RESOURCES;
    KIRQL irql;
    ULONG i;

    KeAcquireSpinLock(&DaisyLock, &irql);
    for (i = 0; i < ARRAYSIZE(DaisySlots); i++) {
        if (!DaisySlots[i].Used) {
            DaisySlots[i].Used = TRUE;
            DaisySlots[i].NmrBindingHandle = NmrBindingHandle;
            Answer->Context = &DaisySlots[i];
            Answer->Dispatch = &DaisyDispatch;
            status = STATUS_SUCCESS;
            break;
        }
    }
    KeReleaseSpinLock(&DaisyLock, irql);
    return status;
}

static NTSTATUS NTAPI
DaisyAttach(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientInstance, PVOID ClientBindingContext,
    const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    DAISY_ANSWER answer;
    NTSTATUS status;

    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    if (ClientInstance->Number > 100) {
        return STATUS_NOINTERFACE;
    }
    status = DaisyFind(NmrBindingHandle, &answer);
    if (NT_SUCCESS(status)) {
        *ProviderBindingContext = answer.Context;
        *ProviderDispatch = answer.Dispatch;
    }
    return status;
}

static NTSTATUS NTAPI
DaisyDetach(PVOID ProviderBindingContext)
{
    UNREFERENCED_PARAMETER(ProviderBindingContext);
    return STATUS_SUCCESS;
}

static VOID NTAPI
DaisyCleanup(PVOID ProviderBindingContext)
{
    ((PDAISY_SLOT)ProviderBindingContext)->Used = FALSE;
}

static const NPI_PROVIDER_CHARACTERISTICS DaisyCharacteristics = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), DaisyAttach, DaisyDetach, DaisyCleanup,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &DaisyNpiId, &DaisyModuleId, 0, NULL }
};

static HANDLE DaisyHandle;

static VOID NTAPI
DaisyUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterProvider(DaisyHandle) == STATUS_PENDING) {
        NmrWaitForProviderDeregisterComplete(DaisyHandle);
    }
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    KeInitializeSpinLock(&DaisyLock);
    DriverObject->DriverUnload = DaisyUnload;
    return NmrRegisterProvider(&DaisyCharacteristics, NULL, &DaisyHandle);
}
