/* Defect: unload's loop uses element zero in every round. */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD CrakeUnload;

static const NPIID CrakeANpiId = { 0x684c9e12, 0x15c6, 0x4882, { 0xb9, 0x3c, 0x1e, 0x4c, 0xa3, 0x3f, 0xc9, 0x68 } };
static const NPI_MODULEID CrakeAModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0xed0e22c1, 0xb038, 0x41f1, { 0x84, 0x95, 0xaa, 0x1e, 0xb8, 0xd1, 0x57, 0x92 } } } };
static const ULONG CrakeADispatch[2] = { 8, 1 };
static volatile LONG CrakeAClients;

static NTSTATUS NTAPI CrakeAAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext, const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    InterlockedIncrement(&CrakeAClients);
    *ProviderBindingContext = (PVOID)&CrakeAClients;
    *ProviderDispatch = CrakeADispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI CrakeADetachClient(PVOID ProviderBindingContext)
{
    InterlockedDecrement((volatile LONG *)ProviderBindingContext);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS CrakeAProvider = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), CrakeAAttachClient, CrakeADetachClient, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &CrakeANpiId, &CrakeAModuleId, 0, NULL }
};

static HANDLE CrakeHandle;
static const ULONG CrakeRetries = 3;

VOID NTAPI CrakeUnload(PDRIVER_OBJECT DriverObject)
{
    ULONG i;

    UNREFERENCED_PARAMETER(DriverObject);
    for (i = 0; i < CrakeRetries; i += 1) {
        if (NmrDeregisterProvider(CrakeHandle) == STATUS_PENDING) { // EXPECT: nmr-double-deregister
            NmrWaitForProviderDeregisterComplete(CrakeHandle);
        }
    }
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = CrakeUnload;
    return NmrRegisterProvider(&CrakeAProvider, NULL, &CrakeHandle);
}
