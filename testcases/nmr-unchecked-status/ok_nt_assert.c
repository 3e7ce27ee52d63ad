/*
 * Good: the status is asserted, in checked builds; the driver's author holds a failure at this point for impossible.
 */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD NeonUnload;

static HANDLE NeonHandle;
static const NPIID NeonNpiId = { 0x13ff8e19, 0x649d, 0x42a5, { 0x81, 0x3f, 0x29, 0x5d, 0x7f, 0x08, 0x15, 0xd3 } };
static const NPI_MODULEID NeonModuleId = {
    sizeof(NPI_MODULEID), MIT_GUID, { { 0x7c4f95b5, 0xeed0, 0x4b78, { 0x8c, 0xdd, 0xa9, 0x03, 0x3a, 0xba, 0xc6, 0x95 } } }
};
static const ULONG NeonDispatch = 7;
static volatile LONG NeonClients;

static NTSTATUS NTAPI NeonAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext, const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    InterlockedIncrement(&NeonClients);
    *ProviderBindingContext = (PVOID)&NeonClients;
    *ProviderDispatch = &NeonDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI NeonDetachClient(PVOID ProviderBindingContext)
{
    InterlockedDecrement((volatile LONG *)ProviderBindingContext);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS NeonProvider = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), NeonAttachClient, NeonDetachClient, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &NeonNpiId, &NeonModuleId, 0, NULL }
};

VOID NTAPI NeonUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterProvider(NeonHandle) == STATUS_PENDING) {
        NmrWaitForProviderDeregisterComplete(NeonHandle);
    }
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);
    Status = NmrRegisterProvider(&NeonProvider, NULL, &NeonHandle);
    NT_ASSERT(NT_SUCCESS(Status));
    DriverObject->DriverUnload = NeonUnload;
    return STATUS_SUCCESS;
}
