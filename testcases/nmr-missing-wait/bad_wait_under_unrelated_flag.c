/* Defect: the wait is made only when clients are attached at the moment. */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD PolecatUnload;

static const NPIID PolecatNpiId = { 0x4923054a, 0x7b52, 0x4693, { 0x27, 0x9e, 0xc3, 0xa2, 0x6c, 0x86, 0x32, 0xaf } };
static const NPI_MODULEID PolecatModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0xe7cb3c43, 0x4c60, 0x460b, { 0x6f, 0x2b, 0x8b, 0x55, 0xb1, 0x89, 0x3c, 0x2f } } } };
static const ULONG PolecatDispatch[2] = { 8, 1 };
static volatile LONG PolecatClients;

static NTSTATUS NTAPI PolecatAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext, const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    InterlockedIncrement(&PolecatClients);
    *ProviderBindingContext = (PVOID)&PolecatClients;
    *ProviderDispatch = PolecatDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI PolecatDetachClient(PVOID ProviderBindingContext)
{
    InterlockedDecrement((volatile LONG *)ProviderBindingContext);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS PolecatProvider = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), PolecatAttachClient, PolecatDetachClient, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &PolecatNpiId, &PolecatModuleId, 0, NULL }
};

static HANDLE PolecatHandle;

VOID NTAPI PolecatUnload(PDRIVER_OBJECT DriverObject)
{
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(DriverObject);
    Status = NmrDeregisterProvider(PolecatHandle); // EXPECT: nmr-missing-wait
    if (Status == STATUS_PENDING && PolecatClients > 0) {
        NmrWaitForProviderDeregisterComplete(PolecatHandle);
    }
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = PolecatUnload;
    return NmrRegisterProvider(&PolecatProvider, NULL, &PolecatHandle);
}
