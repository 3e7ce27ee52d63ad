/*
 * Good: the second register call, into the same handle, is made only when the first failed.
 * (Twin: bad_fallback_overwrites.c)
 */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD CraneUnload;

static HANDLE CraneHandle;
static const NPIID CraneNewNpiId = { 0x8da812b1, 0xa9e4, 0x401c, { 0x89, 0xd7, 0xf5, 0x6c, 0x89, 0x1b, 0x46, 0xb3 } };
static const NPI_MODULEID CraneNewModuleId = {
    sizeof(NPI_MODULEID), MIT_GUID, { { 0x0e7e6ae7, 0x3322, 0x4137, { 0x8a, 0xd9, 0xbe, 0xed, 0x7e, 0x04, 0xc5, 0x64 } } }
};
static const ULONG CraneNewDispatch = 7;
static volatile LONG CraneNewClients;

static NTSTATUS NTAPI CraneNewAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext, const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    InterlockedIncrement(&CraneNewClients);
    *ProviderBindingContext = (PVOID)&CraneNewClients;
    *ProviderDispatch = &CraneNewDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI CraneNewDetachClient(PVOID ProviderBindingContext)
{
    InterlockedDecrement((volatile LONG *)ProviderBindingContext);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS CraneNewProvider = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), CraneNewAttachClient, CraneNewDetachClient, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &CraneNewNpiId, &CraneNewModuleId, 0, NULL }
};
static const NPIID CraneOldNpiId = { 0xacffe56e, 0x8dc8, 0x41d3, { 0x86, 0xb2, 0xf9, 0x39, 0xc5, 0x5e, 0x62, 0xf8 } };
static const NPI_MODULEID CraneOldModuleId = {
    sizeof(NPI_MODULEID), MIT_GUID, { { 0xc1d0dd99, 0x424d, 0x4d33, { 0x87, 0x34, 0xf7, 0xf3, 0xf6, 0x18, 0xf9, 0xc3 } } }
};
static const ULONG CraneOldDispatch = 5;
static volatile LONG CraneOldClients;

static NTSTATUS NTAPI CraneOldAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext, const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    InterlockedIncrement(&CraneOldClients);
    *ProviderBindingContext = (PVOID)&CraneOldClients;
    *ProviderDispatch = &CraneOldDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI CraneOldDetachClient(PVOID ProviderBindingContext)
{
    InterlockedDecrement((volatile LONG *)ProviderBindingContext);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS CraneOldProvider = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), CraneOldAttachClient, CraneOldDetachClient, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &CraneOldNpiId, &CraneOldModuleId, 0, NULL }
};

VOID NTAPI CraneUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterProvider(CraneHandle) == STATUS_PENDING) {
        NmrWaitForProviderDeregisterComplete(CraneHandle);
    }
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = CraneUnload;
    Status = NmrRegisterProvider(&CraneNewProvider, NULL, &CraneHandle);
    if (!NT_SUCCESS(Status)) {
        Status = NmrRegisterProvider(&CraneOldProvider, NULL, &CraneHandle);
    }
    return Status;
}
