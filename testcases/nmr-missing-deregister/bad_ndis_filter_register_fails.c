/* Defect: an NDIS filter driver leaves its provider registered when the filter cannot be registered. */
#define NDIS630 1
#include <ndis.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
static DRIVER_UNLOAD ZinnUnload;

static const NPIID ZinnNpiId = { 0xd4d6565d, 0x82ea, 0x4a39, { 0xa2, 0x17, 0x21, 0x4e, 0x4f, 0x61, 0x01, 0x24 } };
static const NPI_MODULEID ZinnModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0xa8ffb12a, 0x7a8b, 0x43af, { 0x4a, 0x07, 0x72, 0xd6, 0xae, 0x5b, 0x3d, 0xb2 } } } };
static const ULONG ZinnDispatch[2] = { 8, 1 };
static volatile LONG ZinnClients;

static NTSTATUS NTAPI ZinnAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext, const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    InterlockedIncrement(&ZinnClients);
    *ProviderBindingContext = (PVOID)&ZinnClients;
    *ProviderDispatch = ZinnDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI ZinnDetachClient(PVOID ProviderBindingContext)
{
    InterlockedDecrement((volatile LONG *)ProviderBindingContext);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS ZinnProvider = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), ZinnAttachClient, ZinnDetachClient, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &ZinnNpiId, &ZinnModuleId, 0, NULL }
};

static NDIS_HANDLE ZinnFilterDriver;
static HANDLE ZinnHandle;

static VOID NTAPI ZinnUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisFDeregisterFilterDriver(ZinnFilterDriver);
    if (NmrDeregisterProvider(ZinnHandle) == STATUS_PENDING) {
        NmrWaitForProviderDeregisterComplete(ZinnHandle);
    }
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NDIS_FILTER_DRIVER_CHARACTERISTICS Chars;
    NDIS_STATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = ZinnUnload;
    Status = NmrRegisterProvider(&ZinnProvider, NULL, &ZinnHandle); // EXPECT: nmr-missing-deregister
    if (Status != STATUS_SUCCESS) {
        return Status;
    }
    NdisZeroMemory(&Chars, sizeof(Chars));
    Chars.Header.Type = NDIS_OBJECT_TYPE_FILTER_DRIVER_CHARACTERISTICS;
    Status = NdisFRegisterFilterDriver(DriverObject, (NDIS_HANDLE)&ZinnFilterDriver, &Chars, &ZinnFilterDriver);
    if (Status != NDIS_STATUS_SUCCESS) {
        DbgPrint("zinn: 0x%08x\n", Status);
    }
    return Status;
}
