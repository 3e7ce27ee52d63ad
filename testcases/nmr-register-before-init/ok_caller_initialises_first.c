// Wrapper over wrapper: everything is initialised by the outermost caller before the innermost registers.
#include <ntddk.h>
#include <netioddk.h>

typedef struct _SORREL {
    KSPIN_LOCK Lock;
    LIST_ENTRY Clients;
    PIO_WORKITEM Work;
    HANDLE Provider;
    BOOLEAN Started;
    ULONG StartCount;
} SORREL, *PSORREL;

typedef struct _SORREL_CLIENT { LIST_ENTRY Link; PSORREL Owner; } SORREL_CLIENT, *PSORREL_CLIENT;

#define SORREL_TAG 'rroS'

static SORREL Sorrel;
static PDEVICE_OBJECT SorrelDevice;
static const ULONG SorrelDispatch = 1;

static const NPIID SorrelNpiId = { 0x72d1de14, 0x272b, 0x47c7, { 0x12, 0xa9, 0xbd, 0xac, 0x60, 0x60, 0xcc, 0x5a } };
static const NPI_MODULEID SorrelModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0xbbd3198c, 0xb6a0, 0x48ad, { 0x0c, 0xfe, 0x72, 0xd7, 0xc0, 0x9d, 0x78, 0x85 } } } };

static VOID
SorrelMove(PSORREL_CLIENT Client, BOOLEAN In)
{
    KIRQL irql;

    KeAcquireSpinLock(&Client->Owner->Lock, &irql);
    if (In) {
        InsertTailList(&Client->Owner->Clients, &Client->Link);
    } else {
        RemoveEntryList(&Client->Link);
    }
    KeReleaseSpinLock(&Client->Owner->Lock, irql);
}

static NTSTATUS NTAPI
SorrelAttach(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientInstance, PVOID ClientBindingContext,
    const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    PSORREL_CLIENT client = ExAllocatePoolZero(NonPagedPoolNx, sizeof(*client), SORREL_TAG);

    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ClientInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    if (client == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    client->Owner = ProviderContext;
    SorrelMove(client, TRUE);
    *ProviderBindingContext = client;
    *ProviderDispatch = &SorrelDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
SorrelDetach(PVOID ProviderBindingContext)
{
    SorrelMove(ProviderBindingContext, FALSE);
    return STATUS_SUCCESS;
}

static VOID NTAPI
SorrelCleanup(PVOID ProviderBindingContext)
{
    ExFreePoolWithTag(ProviderBindingContext, SORREL_TAG);
}

static const NPI_PROVIDER_CHARACTERISTICS SorrelCharacteristics = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), SorrelAttach, SorrelDetach, SorrelCleanup,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &SorrelNpiId, &SorrelModuleId, 0, NULL }
};

static NTSTATUS
SorrelRegister(PSORREL S)
{
    NTSTATUS status = NmrRegisterProvider(&SorrelCharacteristics, S, &S->Provider);

    if (NT_SUCCESS(status)) {
        S->Started = TRUE;
    }
    return status;
}

static NTSTATUS
SorrelStart(PSORREL S)
{
    NTSTATUS status = SorrelRegister(S);

    S->StartCount++;
    return status;
}

static VOID NTAPI
SorrelUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (Sorrel.Started) {
        if (NmrDeregisterProvider(Sorrel.Provider) == STATUS_PENDING) {
            NmrWaitForProviderDeregisterComplete(Sorrel.Provider);
        }
    }
    IoFreeWorkItem(Sorrel.Work);
    IoDeleteDevice(SorrelDevice);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    RtlZeroMemory(&Sorrel, sizeof(Sorrel));
    KeInitializeSpinLock(&Sorrel.Lock);
    InitializeListHead(&Sorrel.Clients);
    status = IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_NETWORK, 0, FALSE, &SorrelDevice);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    Sorrel.Work = IoAllocateWorkItem(SorrelDevice);
    if (Sorrel.Work == NULL) {
        IoDeleteDevice(SorrelDevice);
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    status = SorrelStart(&Sorrel);
    if (!NT_SUCCESS(status)) {
        IoFreeWorkItem(Sorrel.Work);
        IoDeleteDevice(SorrelDevice);
        return status;
    }
    DriverObject->DriverUnload = SorrelUnload;
    return STATUS_SUCCESS;
}
