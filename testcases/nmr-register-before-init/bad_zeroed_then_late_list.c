/*
 * Defect: the object is zeroed first and then registered; the list head that the attach callback inserts into is made
 * afterwards, and would drop an entry that is on it.
 */
#include <ntddk.h>
#include <netioddk.h>

#define FERN_TAG 'nreF'

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD FernUnload;

typedef struct _FERN_CLIENT { LIST_ENTRY Link; } FERN_CLIENT, *PFERN_CLIENT;

static struct {
    FAST_MUTEX Mutex;
    LIST_ENTRY Clients;
    HANDLE Handle;
} Fern;
static const ULONG FernDispatch = 1;
static const NPIID FernNpiId = { 0xa7de5905, 0xfd9b, 0x4099, { 0xe1, 0x2f, 0xf4, 0x54, 0x25, 0x16, 0xbc, 0xae } };
static const NPI_MODULEID FernModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0xe4d79600, 0x18b7, 0x4097, { 0x63, 0xfc, 0x5a, 0xec, 0x77, 0x04, 0x39, 0x30 } } } };

static NTSTATUS NTAPI FernAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext, const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    PFERN_CLIENT Client = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*Client), FERN_TAG);

    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    if (Client == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    InsertTailList(&Fern.Clients, &Client->Link);
    *ProviderBindingContext = Client;
    *ProviderDispatch = &FernDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI FernDetachClient(PVOID ProviderBindingContext)
{
    RemoveEntryList(&((PFERN_CLIENT)ProviderBindingContext)->Link);
    return STATUS_SUCCESS;
}

static VOID NTAPI FernCleanup(PVOID ProviderBindingContext)
{
    ExFreePoolWithTag(ProviderBindingContext, FERN_TAG);
}

static const NPI_PROVIDER_CHARACTERISTICS FernProvider = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), FernAttachClient, FernDetachClient, FernCleanup,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &FernNpiId, &FernModuleId, 0, NULL }
};

VOID NTAPI FernUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterProvider(Fern.Handle) == STATUS_PENDING) {
        NmrWaitForProviderDeregisterComplete(Fern.Handle);
    }
}

static NTSTATUS FernStart(VOID)
{
    NTSTATUS Status;

    RtlZeroMemory(&Fern, sizeof(Fern));
    Status = NmrRegisterProvider(&FernProvider, NULL, &Fern.Handle);
    if (NT_SUCCESS(Status)) {
        InitializeListHead(&Fern.Clients); // EXPECT: nmr-register-before-init
    }
    return Status;
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = FernUnload;
    return FernStart();
}
