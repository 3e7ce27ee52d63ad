/*
 * Defect: the handle is tested in place of the status; what it holds after a failure is not defined.
 * (Twin: ok_status_tested.c)
 */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD DiamondUnload;

static HANDLE DiamondHandle;
static const NPIID DiamondNpiId = { 0x0f73abb7, 0xe9f1, 0x435e, { 0x82, 0xb1, 0x97, 0x28, 0x82, 0xe8, 0xb5, 0x3d } };
static const NPI_MODULEID DiamondModuleId = {
    sizeof(NPI_MODULEID), MIT_GUID, { { 0x30ec8c0d, 0x0e12, 0x4680, { 0x89, 0xdc, 0x1a, 0x69, 0xf1, 0xc3, 0x79, 0xa4 } } }
};
static const ULONG DiamondDispatch = 3;
static volatile LONG DiamondClients;

static NTSTATUS NTAPI DiamondAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext, const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    InterlockedIncrement(&DiamondClients);
    *ProviderBindingContext = (PVOID)&DiamondClients;
    *ProviderDispatch = &DiamondDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI DiamondDetachClient(PVOID ProviderBindingContext)
{
    InterlockedDecrement((volatile LONG *)ProviderBindingContext);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS DiamondProvider = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), DiamondAttachClient, DiamondDetachClient, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &DiamondNpiId, &DiamondModuleId, 0, NULL }
};

VOID NTAPI DiamondUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (DiamondHandle != NULL) {
        if (NmrDeregisterProvider(DiamondHandle) == STATUS_PENDING) {
            NmrWaitForProviderDeregisterComplete(DiamondHandle);
        }
    }
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = DiamondUnload;
    NmrRegisterProvider(&DiamondProvider, NULL, &DiamondHandle); // EXPECT: nmr-unchecked-status
    if (DiamondHandle == NULL) {
        DbgPrintEx(DPFLTR_IHVDRIVER_ID, DPFLTR_ERROR_LEVEL, "diamond: no provider\n");
    }
    return STATUS_SUCCESS;
}
