/* Defect: the context, from NdisAllocateMemoryWithTagPriority, is freed before the provider is ended. */
#define NDIS630 1
#include <ndis.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD FluteUnload;

static const NPIID FluteNpiId = { 0x14df6ecb, 0xe5be, 0x468a, { 0x6a, 0x94, 0xfe, 0x89, 0x10, 0xa1, 0x6e, 0x66 } };
static const NPI_MODULEID FluteModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x1dc9452f, 0xd47e, 0x4cc3, { 0x24, 0x34, 0xcc, 0x7f, 0xb4, 0xbe, 0xcf, 0x2d } } } };
static const ULONG FluteDispatch[2] = { 8, 1 };
static volatile LONG FluteClients;

static NTSTATUS NTAPI FluteAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext, const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    InterlockedIncrement(&FluteClients);
    *ProviderBindingContext = (PVOID)&FluteClients;
    *ProviderDispatch = FluteDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI FluteDetachClient(PVOID ProviderBindingContext)
{
    InterlockedDecrement((volatile LONG *)ProviderBindingContext);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS FluteProvider = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), FluteAttachClient, FluteDetachClient, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &FluteNpiId, &FluteModuleId, 0, NULL }
};

static PVOID FluteContext;
static HANDLE FluteHandle;

VOID NTAPI FluteUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    NdisFreeMemory(FluteContext, 0, 0); // EXPECT: nmr-freed-while-registered
    if (NmrDeregisterProvider(FluteHandle) == STATUS_PENDING) {
        NmrWaitForProviderDeregisterComplete(FluteHandle);
    }
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);
    FluteContext = NdisAllocateMemoryWithTagPriority(NULL, 256, 'tulF', NormalPoolPriority);
    if (FluteContext == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    NdisZeroMemory(FluteContext, 256);
    Status = NmrRegisterProvider(&FluteProvider, FluteContext, &FluteHandle);
    if (!NT_SUCCESS(Status)) {
        NdisFreeMemory(FluteContext, 0, 0);
        return Status;
    }
    DriverObject->DriverUnload = FluteUnload;
    return STATUS_SUCCESS;
}
