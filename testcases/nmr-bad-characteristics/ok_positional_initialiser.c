/*
 * Good: the positional initialiser has an element for each member.
 * (Twin: bad_version_and_size_swapped.c)
 */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD SageUnload;

static HANDLE SageHandle;
static const NPIID SageNpiId = { 0xb0494ed2, 0x5f43, 0x4c78, { 0x83, 0x38, 0xf5, 0xc8, 0xc5, 0x26, 0x77, 0x59 } };
static const NPI_MODULEID SageModuleId = {
    sizeof(NPI_MODULEID), MIT_GUID, { { 0x8d061480, 0xf206, 0x481f, { 0x89, 0x7f, 0x3d, 0x2e, 0x57, 0x2d, 0xf9, 0x88 } } }
};
static const ULONG SageDispatch = 6;
static volatile LONG SageClients;

static NTSTATUS NTAPI SageAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext, const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    InterlockedIncrement(&SageClients);
    *ProviderBindingContext = (PVOID)&SageClients;
    *ProviderDispatch = &SageDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI SageDetachClient(PVOID ProviderBindingContext)
{
    InterlockedDecrement((volatile LONG *)ProviderBindingContext);
    return STATUS_SUCCESS;
}

static NPI_PROVIDER_CHARACTERISTICS SageProvider = {
    1, sizeof(NPI_PROVIDER_CHARACTERISTICS), SageAttachClient, SageDetachClient, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), (PNPIID)&SageNpiId, (PNPI_MODULEID)&SageModuleId, 0, NULL }
};

VOID NTAPI SageUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterProvider(SageHandle) == STATUS_PENDING) {
        NmrWaitForProviderDeregisterComplete(SageHandle);
    }
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);
    Status = NmrRegisterProvider(&SageProvider, NULL, &SageHandle);
    if (NT_SUCCESS(Status)) {
        DriverObject->DriverUnload = SageUnload;
    }
    return Status;
}
