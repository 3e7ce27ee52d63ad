/*
 * Good: where a client is attached unload only says so; deregister call and wait are both made.
 * (Twin: bad_deregister_under_condition.c)
 */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD BirchUnload;

static HANDLE BirchHandle;
static const NPIID BirchNpiId = { 0x299838fa, 0x43b0, 0x4de6, { 0x8f, 0x9b, 0x9e, 0xd4, 0x6c, 0x2e, 0x8a, 0xc0 } };
static const NPI_MODULEID BirchModuleId = {
    sizeof(NPI_MODULEID), MIT_GUID, { { 0x202823d2, 0xae7c, 0x4253, { 0x82, 0xa8, 0xfc, 0x46, 0xc4, 0x37, 0x80, 0x2a } } }
};
static const ULONG BirchDispatch = 7;
static volatile LONG BirchClients;

static NTSTATUS NTAPI BirchAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext, const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    InterlockedIncrement(&BirchClients);
    *ProviderBindingContext = (PVOID)&BirchClients;
    *ProviderDispatch = &BirchDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI BirchDetachClient(PVOID ProviderBindingContext)
{
    InterlockedDecrement((volatile LONG *)ProviderBindingContext);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS BirchProvider = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), BirchAttachClient, BirchDetachClient, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &BirchNpiId, &BirchModuleId, 0, NULL }
};

VOID NTAPI BirchUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (BirchClients != 0) {
        DbgPrintEx(DPFLTR_IHVDRIVER_ID, DPFLTR_INFO_LEVEL, "birch: %ld clients\n", BirchClients);
    }
    NmrDeregisterProvider(BirchHandle);
    NmrWaitForProviderDeregisterComplete(BirchHandle);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);
    Status = NmrRegisterProvider(&BirchProvider, NULL, &BirchHandle);
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    DriverObject->DriverUnload = BirchUnload;
    return STATUS_SUCCESS;
}
