/* Two parts; if one cannot be started, both are stopped. */
#include "part.h"

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD BlackcapUnload;

static const NPIID BlackcapDataNpiId = { 0x2000f0b2, 0x27a2, 0x4873, { 0x84, 0x40, 0xe3, 0x49, 0xb6, 0x4d, 0x00, 0x35 } };
static const NPI_MODULEID BlackcapDataModuleId = {
    sizeof(NPI_MODULEID), MIT_GUID, { { 0xc0293eb3, 0x57b5, 0x43fa, { 0x83, 0xb3, 0x5b, 0x93, 0xf7, 0xe8, 0x57, 0xe3 } } }
};
static const ULONG BlackcapDataDispatch = 2;
static volatile LONG BlackcapDataClients;

static NTSTATUS NTAPI BlackcapDataAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext, const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    InterlockedIncrement(&BlackcapDataClients);
    *ProviderBindingContext = (PVOID)&BlackcapDataClients;
    *ProviderDispatch = &BlackcapDataDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI BlackcapDataDetachClient(PVOID ProviderBindingContext)
{
    InterlockedDecrement((volatile LONG *)ProviderBindingContext);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS BlackcapDataProvider = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), BlackcapDataAttachClient, BlackcapDataDetachClient, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &BlackcapDataNpiId, &BlackcapDataModuleId, 0, NULL }
};
static const NPIID BlackcapControlNpiId = { 0x6c59257d, 0x30fd, 0x4ef1, { 0x83, 0x79, 0x44, 0xad, 0xc2, 0x44, 0x7e, 0x25 } };
static const NPI_MODULEID BlackcapControlModuleId = {
    sizeof(NPI_MODULEID), MIT_GUID, { { 0xbbcec17d, 0xe8f3, 0x4c32, { 0x86, 0xfc, 0xa5, 0xdd, 0x1d, 0x70, 0x8a, 0x27 } } }
};
static const ULONG BlackcapControlDispatch = 5;
static volatile LONG BlackcapControlClients;

static NTSTATUS NTAPI BlackcapControlAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext, const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    InterlockedIncrement(&BlackcapControlClients);
    *ProviderBindingContext = (PVOID)&BlackcapControlClients;
    *ProviderDispatch = &BlackcapControlDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI BlackcapControlDetachClient(PVOID ProviderBindingContext)
{
    InterlockedDecrement((volatile LONG *)ProviderBindingContext);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS BlackcapControlProvider = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), BlackcapControlAttachClient, BlackcapControlDetachClient, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &BlackcapControlNpiId, &BlackcapControlModuleId, 0, NULL }
};

static PART BlackcapParts[2] = {
    { &BlackcapDataProvider },
    { &BlackcapControlProvider },
};

static VOID BlackcapStop(VOID)
{
    PartStop(&BlackcapParts[1]);
    PartStop(&BlackcapParts[0]);
}

VOID NTAPI BlackcapUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    BlackcapStop();
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = BlackcapUnload;

    Status = PartStart(&BlackcapParts[0]);
    if (NT_SUCCESS(Status)) {
        Status = PartStart(&BlackcapParts[1]);
    }
    if (!NT_SUCCESS(Status)) {
        BlackcapStop();
    }
    return Status;
}
