/*
 * Good: a registration of either kind is kept in one structure, with a flag for the kind; each call gets what fits.
 */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD CuckooUnload;

typedef struct _CUCKOO_ENTRY {
    BOOLEAN IsProvider;
    union {
        HANDLE Client;
        HANDLE Provider;
    } u;
} CUCKOO_ENTRY, *PCUCKOO_ENTRY;

static CUCKOO_ENTRY CuckooEntry;
static const NPIID CuckooNpiId = { 0x60f438d5, 0xb58f, 0x478d, { 0x82, 0xa5, 0xf7, 0x07, 0x42, 0x0a, 0xd1, 0xc8 } };
static const NPI_MODULEID CuckooModuleId = {
    sizeof(NPI_MODULEID), MIT_GUID, { { 0x72d0ad4f, 0xce47, 0x4ac2, { 0x87, 0xa5, 0xb6, 0x53, 0x66, 0x39, 0xa9, 0x39 } } }
};
static const ULONG CuckooDispatch = 3;
static struct { PVOID Context; const VOID *Dispatch; } CuckooPeer;

static NTSTATUS NTAPI CuckooAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &CuckooPeer, &CuckooDispatch, &CuckooPeer.Context, &CuckooPeer.Dispatch);
}

static NTSTATUS NTAPI CuckooDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    CuckooPeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS CuckooClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), CuckooAttach, CuckooDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &CuckooNpiId, &CuckooModuleId, 0, NULL }
};
static const NPIID CuckooNestNpiId = { 0x6f0c02c5, 0x5654, 0x4f83, { 0x8c, 0xe3, 0x2c, 0xb1, 0xe6, 0x2d, 0x8b, 0xa0 } };
static const NPI_MODULEID CuckooNestModuleId = {
    sizeof(NPI_MODULEID), MIT_GUID, { { 0xb39ff51a, 0x45d1, 0x4186, { 0x87, 0xd3, 0xc4, 0x51, 0xc4, 0xc3, 0x64, 0xc2 } } }
};
static const ULONG CuckooNestDispatch = 7;
static volatile LONG CuckooNestClients;

static NTSTATUS NTAPI CuckooNestAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext, const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    InterlockedIncrement(&CuckooNestClients);
    *ProviderBindingContext = (PVOID)&CuckooNestClients;
    *ProviderDispatch = &CuckooNestDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI CuckooNestDetachClient(PVOID ProviderBindingContext)
{
    InterlockedDecrement((volatile LONG *)ProviderBindingContext);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS CuckooNestProvider = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), CuckooNestAttachClient, CuckooNestDetachClient, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &CuckooNestNpiId, &CuckooNestModuleId, 0, NULL }
};

static NTSTATUS CuckooBegin(PCUCKOO_ENTRY Entry, BOOLEAN IsProvider)
{
    Entry->IsProvider = IsProvider;
    if (IsProvider) {
        return NmrRegisterProvider(&CuckooNestProvider, NULL, &Entry->u.Provider);
    }
    return NmrRegisterClient(&CuckooClient, NULL, &Entry->u.Client);
}

static VOID CuckooEnd(PCUCKOO_ENTRY Entry)
{
    if (Entry->IsProvider) {
        NmrDeregisterProvider(Entry->u.Provider);
        NmrWaitForProviderDeregisterComplete(Entry->u.Provider);
    } else {
        NmrDeregisterClient(Entry->u.Client);
        NmrWaitForClientDeregisterComplete(Entry->u.Client);
    }
}

VOID NTAPI CuckooUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    CuckooEnd(&CuckooEntry);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    DriverObject->DriverUnload = CuckooUnload;
    return CuckooBegin(&CuckooEntry, RegistryPath->Length > 70);
}
