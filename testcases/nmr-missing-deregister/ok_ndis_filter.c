/*
 * Good: an NDIS filter driver. Its NMR provider is registered before the filter; a failure of the latter undoes it, and
 * unload ends both.
 */
#define NDIS630 1
#include <ndis.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
static DRIVER_UNLOAD PetunUnload;

static const NPIID PetunNpiId = { 0xd8115a46, 0x0434, 0x4093, { 0x7e, 0x41, 0x55, 0xe1, 0x5a, 0xaa, 0x02, 0xf5 } };
static const NPI_MODULEID PetunModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x061e9e84, 0x6367, 0x4827, { 0x02, 0xac, 0xeb, 0x1b, 0x5a, 0x46, 0x89, 0xbb } } } };
static const ULONG PetunDispatch[2] = { 8, 1 };
static volatile LONG PetunClients;

static NTSTATUS NTAPI PetunAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext, const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    InterlockedIncrement(&PetunClients);
    *ProviderBindingContext = (PVOID)&PetunClients;
    *ProviderDispatch = PetunDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI PetunDetachClient(PVOID ProviderBindingContext)
{
    InterlockedDecrement((volatile LONG *)ProviderBindingContext);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS PetunProvider = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), PetunAttachClient, PetunDetachClient, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &PetunNpiId, &PetunModuleId, 0, NULL }
};

static NDIS_HANDLE PetunFilterDriver;
static HANDLE PetunHandle;

static VOID PetunEndProvider(VOID)
{
    NTSTATUS Status = NmrDeregisterProvider(PetunHandle);

    ASSERT(Status == STATUS_PENDING);
    if (Status == STATUS_PENDING) {
        NmrWaitForProviderDeregisterComplete(PetunHandle);
    }
    PetunHandle = NULL;
}

static VOID NTAPI PetunUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisFDeregisterFilterDriver(PetunFilterDriver);
    PetunEndProvider();
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_FILTER_DRIVER_CHARACTERISTICS Chars;
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);
    Status = NmrRegisterProvider(&PetunProvider, NULL, &PetunHandle);
    if (Status != STATUS_SUCCESS) {
        return Status;
    }
    NdisZeroMemory(&Chars, sizeof(Chars));
    Chars.Header.Type = NDIS_OBJECT_TYPE_FILTER_DRIVER_CHARACTERISTICS;
    Chars.MajorNdisVersion = 6;
    Status = NdisFRegisterFilterDriver(DriverObject, (NDIS_HANDLE)&PetunFilterDriver, &Chars, &PetunFilterDriver);
    if (Status != NDIS_STATUS_SUCCESS) {
        PetunEndProvider();
        return Status;
    }
    DriverObject->DriverUnload = PetunUnload;
    return STATUS_SUCCESS;
}
