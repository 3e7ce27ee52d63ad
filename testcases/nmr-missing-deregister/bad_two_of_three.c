/*
 * Defect: three providers are registered into an array; unload ends the first two.
 * (Twin: ok_three_of_three.c)
 */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD ShearwaterUnload;

enum { ShearwaterV1, ShearwaterV2, ShearwaterV3, ShearwaterVersions };

static HANDLE ShearwaterHandles[ShearwaterVersions];
static const NPIID ShearwaterOneNpiId = { 0x97731c65, 0xd139, 0x4b35, { 0x8f, 0x37, 0xa8, 0xd3, 0xec, 0x61, 0x5b, 0xfb } };
static const NPI_MODULEID ShearwaterOneModuleId = {
    sizeof(NPI_MODULEID), MIT_GUID, { { 0x5f3619f2, 0x9506, 0x4806, { 0x8d, 0x85, 0x5f, 0x1e, 0x10, 0x61, 0xbd, 0x3d } } }
};
static const ULONG ShearwaterOneDispatch = 5;
static volatile LONG ShearwaterOneClients;

static NTSTATUS NTAPI ShearwaterOneAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext, const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    InterlockedIncrement(&ShearwaterOneClients);
    *ProviderBindingContext = (PVOID)&ShearwaterOneClients;
    *ProviderDispatch = &ShearwaterOneDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI ShearwaterOneDetachClient(PVOID ProviderBindingContext)
{
    InterlockedDecrement((volatile LONG *)ProviderBindingContext);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS ShearwaterOneProvider = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), ShearwaterOneAttachClient, ShearwaterOneDetachClient, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &ShearwaterOneNpiId, &ShearwaterOneModuleId, 0, NULL }
};
static const NPIID ShearwaterTwoNpiId = { 0x2d1a766b, 0x09b8, 0x465b, { 0x89, 0x67, 0xa7, 0x86, 0x4b, 0x42, 0xa1, 0x5e } };
static const NPI_MODULEID ShearwaterTwoModuleId = {
    sizeof(NPI_MODULEID), MIT_GUID, { { 0x50adae21, 0xf5f7, 0x43cd, { 0x8c, 0xd6, 0x5c, 0x18, 0x10, 0xda, 0x4a, 0x49 } } }
};
static const ULONG ShearwaterTwoDispatch = 2;
static volatile LONG ShearwaterTwoClients;

static NTSTATUS NTAPI ShearwaterTwoAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext, const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    InterlockedIncrement(&ShearwaterTwoClients);
    *ProviderBindingContext = (PVOID)&ShearwaterTwoClients;
    *ProviderDispatch = &ShearwaterTwoDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI ShearwaterTwoDetachClient(PVOID ProviderBindingContext)
{
    InterlockedDecrement((volatile LONG *)ProviderBindingContext);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS ShearwaterTwoProvider = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), ShearwaterTwoAttachClient, ShearwaterTwoDetachClient, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &ShearwaterTwoNpiId, &ShearwaterTwoModuleId, 0, NULL }
};
static const NPIID ShearwaterThreeNpiId = { 0x1327c064, 0x454f, 0x4b62, { 0x8d, 0x10, 0xf6, 0x94, 0x77, 0x4a, 0x5a, 0x13 } };
static const NPI_MODULEID ShearwaterThreeModuleId = {
    sizeof(NPI_MODULEID), MIT_GUID, { { 0x888286af, 0x5b9d, 0x4ce5, { 0x8a, 0x8c, 0x93, 0xd8, 0x8c, 0x8e, 0x35, 0xd7 } } }
};
static const ULONG ShearwaterThreeDispatch = 5;
static volatile LONG ShearwaterThreeClients;

static NTSTATUS NTAPI ShearwaterThreeAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext, const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    InterlockedIncrement(&ShearwaterThreeClients);
    *ProviderBindingContext = (PVOID)&ShearwaterThreeClients;
    *ProviderDispatch = &ShearwaterThreeDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI ShearwaterThreeDetachClient(PVOID ProviderBindingContext)
{
    InterlockedDecrement((volatile LONG *)ProviderBindingContext);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS ShearwaterThreeProvider = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), ShearwaterThreeAttachClient, ShearwaterThreeDetachClient, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &ShearwaterThreeNpiId, &ShearwaterThreeModuleId, 0, NULL }
};

static VOID ShearwaterEnd(HANDLE Handle)
{
    if (NmrDeregisterProvider(Handle) == STATUS_PENDING) {
        NmrWaitForProviderDeregisterComplete(Handle);
    }
}

VOID NTAPI ShearwaterUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    ShearwaterEnd(ShearwaterHandles[ShearwaterV2]);
    ShearwaterEnd(ShearwaterHandles[ShearwaterV1]);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);
    Status = NmrRegisterProvider(&ShearwaterOneProvider, NULL, &ShearwaterHandles[ShearwaterV1]);
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    Status = NmrRegisterProvider(&ShearwaterTwoProvider, NULL, &ShearwaterHandles[ShearwaterV2]);
    if (!NT_SUCCESS(Status)) {
        ShearwaterEnd(ShearwaterHandles[ShearwaterV1]);
        return Status;
    }
    Status = NmrRegisterProvider(&ShearwaterThreeProvider, NULL, &ShearwaterHandles[ShearwaterV3]); // EXPECT: nmr-missing-deregister
    if (!NT_SUCCESS(Status)) {
        ShearwaterEnd(ShearwaterHandles[ShearwaterV2]);
        ShearwaterEnd(ShearwaterHandles[ShearwaterV1]);
        return Status;
    }
    DriverObject->DriverUnload = ShearwaterUnload;
    return STATUS_SUCCESS;
}
