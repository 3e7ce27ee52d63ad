/*
 * Good: an export driver. It registers when it is loaded as a library and ends the registration when it is unloaded as
 * one; its DriverEntry does nothing, and there is no unload routine.
 */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;

NTSTATUS NTAPI DllInitialize(PUNICODE_STRING RegistryPath);
NTSTATUS NTAPI DllUnload(VOID);

static HANDLE CoralHandle;
static const NPIID CoralNpiId = { 0x94594691, 0x9166, 0x4572, { 0x80, 0x99, 0x03, 0xf7, 0x96, 0x3d, 0x1d, 0x5f } };
static const NPI_MODULEID CoralModuleId = {
    sizeof(NPI_MODULEID), MIT_GUID, { { 0xa5b8a96d, 0x3144, 0x43a1, { 0x8d, 0x70, 0xeb, 0xfc, 0x83, 0x01, 0xb0, 0x75 } } }
};
static const ULONG CoralDispatch = 6;
static volatile LONG CoralClients;

static NTSTATUS NTAPI CoralAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext, const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    InterlockedIncrement(&CoralClients);
    *ProviderBindingContext = (PVOID)&CoralClients;
    *ProviderDispatch = &CoralDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI CoralDetachClient(PVOID ProviderBindingContext)
{
    InterlockedDecrement((volatile LONG *)ProviderBindingContext);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS CoralProvider = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), CoralAttachClient, CoralDetachClient, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &CoralNpiId, &CoralModuleId, 0, NULL }
};

NTSTATUS NTAPI DllInitialize(PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    return NmrRegisterProvider(&CoralProvider, NULL, &CoralHandle);
}

NTSTATUS NTAPI DllUnload(VOID)
{
    if (NmrDeregisterProvider(CoralHandle) == STATUS_PENDING) {
        NmrWaitForProviderDeregisterComplete(CoralHandle);
    }
    return STATUS_SUCCESS;
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(DriverObject);
    UNREFERENCED_PARAMETER(RegistryPath);
    return STATUS_SUCCESS;
}
