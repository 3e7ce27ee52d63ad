/* Defect: the provider characteristics, which are not const, stand in a pushed pageable data segment. */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD SkuaUnload;

static const NPIID SkuaNpiId = { 0x9981a306, 0xe3ba, 0x40ef, { 0x88, 0x50, 0x85, 0xab, 0x9e, 0xac, 0x6d, 0x94 } };
static const NPI_MODULEID SkuaModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x8a1fe6b5, 0xeddf, 0x4a3a, { 0x16, 0x7f, 0x30, 0x50, 0xf8, 0x06, 0x6a, 0x92 } } } };
static const ULONG SkuaDispatch[2] = { 8, 1 };
static volatile LONG SkuaClients;

static NTSTATUS NTAPI SkuaAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext, const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    InterlockedIncrement(&SkuaClients);
    *ProviderBindingContext = (PVOID)&SkuaClients;
    *ProviderDispatch = SkuaDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI SkuaDetachClient(PVOID ProviderBindingContext)
{
    InterlockedDecrement((volatile LONG *)ProviderBindingContext);
    return STATUS_SUCCESS;
}

#pragma data_seg(push, skua, "PAGEDATA")
static ULONG SkuaVerbose = 1;
static NPI_PROVIDER_CHARACTERISTICS SkuaProvider = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), SkuaAttachClient, SkuaDetachClient, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &SkuaNpiId, &SkuaModuleId, 0, NULL }
};
#pragma data_seg(pop, skua)

static HANDLE SkuaHandle;

VOID NTAPI SkuaUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterProvider(SkuaHandle) == STATUS_PENDING) {
        NmrWaitForProviderDeregisterComplete(SkuaHandle);
    }
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    SkuaProvider.ProviderRegistrationInstance.Number = SkuaVerbose;
    DriverObject->DriverUnload = SkuaUnload;
    return NmrRegisterProvider(&SkuaProvider, NULL, &SkuaHandle); // EXPECT: nmr-nonresident-memory
}
