/* Defect: unload deletes the lookaside list that owns the context, with the client still registered. */
#include <ntddk.h>
#include <netioddk.h>

#define DOVE_TAG 'evoD'

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD DoveUnload;

static const NPIID DoveNpiId = { 0x1d22c812, 0xefd7, 0x4b8a, { 0x24, 0x4d, 0x93, 0xc5, 0x1a, 0xcc, 0x39, 0x92 } };
static const NPI_MODULEID DoveModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0xc69d3595, 0xf686, 0x4176, { 0x8b, 0x1f, 0x1b, 0xed, 0xe5, 0x0f, 0xf9, 0xe4 } } } };
static const ULONG DoveDispatch[2] = { 8, 1 };
static volatile LONG DoveClients;

static NTSTATUS NTAPI DoveAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext, const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    InterlockedIncrement(&DoveClients);
    *ProviderBindingContext = (PVOID)&DoveClients;
    *ProviderDispatch = DoveDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI DoveDetachClient(PVOID ProviderBindingContext)
{
    InterlockedDecrement((volatile LONG *)ProviderBindingContext);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS DoveProvider = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), DoveAttachClient, DoveDetachClient, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &DoveNpiId, &DoveModuleId, 0, NULL }
};

typedef struct _DOVE { HANDLE Handle; ULONG Flags; } DOVE, *PDOVE;

static LOOKASIDE_LIST_EX DoveList;
static PDOVE DoveInstance;

VOID NTAPI DoveUnload(PDRIVER_OBJECT DriverObject)
{
    HANDLE Handle = DoveInstance->Handle;

    UNREFERENCED_PARAMETER(DriverObject);
    ExDeleteLookasideListEx(&DoveList); // EXPECT: nmr-freed-while-registered
    if (NmrDeregisterProvider(Handle) == STATUS_PENDING) {
        NmrWaitForProviderDeregisterComplete(Handle);
    }
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);
    Status = ExInitializeLookasideListEx(&DoveList, NULL, NULL, NonPagedPoolNx, 0, sizeof(DOVE), DOVE_TAG, 0);
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    DoveInstance = ExAllocateFromLookasideListEx(&DoveList);
    if (DoveInstance == NULL) {
        ExDeleteLookasideListEx(&DoveList);
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    RtlZeroMemory(DoveInstance, sizeof(*DoveInstance));
    Status = NmrRegisterProvider(&DoveProvider, DoveInstance, &DoveInstance->Handle);
    if (!NT_SUCCESS(Status)) {
        ExFreeToLookasideListEx(&DoveList, DoveInstance);
        ExDeleteLookasideListEx(&DoveList);
        return Status;
    }
    DriverObject->DriverUnload = DoveUnload;
    return STATUS_SUCCESS;
}
