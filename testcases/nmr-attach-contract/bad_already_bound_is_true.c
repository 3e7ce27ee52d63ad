// "Already bound" is TRUE for the helper's other callers; the attach callback makes it success.
#include <ntddk.h>
#include <netioddk.h>

static volatile LONG ErikaBound;
static PVOID ErikaPeer;
static const VOID *ErikaPeerDispatch;

static const NPIID ErikaNpiId = { 0xa659d35a, 0xddcf, 0x4800, { 0x7b, 0x55, 0x4e, 0xec, 0x1c, 0x08, 0xa5, 0xa7 } };
static const NPI_MODULEID ErikaModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0xb5384539, 0x6105, 0x4d3a, { 0x02, 0xcd, 0x81, 0x46, 0x6b, 0x0f, 0xc2, 0xcc } } } };

static BOOLEAN
ErikaEnsureBound(HANDLE Binding)
{
    if (InterlockedCompareExchange(&ErikaBound, 1, 0) == 1) {
        return TRUE;
    }
    if (!NT_SUCCESS(NmrClientAttachProvider(Binding, &ErikaPeer, NULL, &ErikaPeer, &ErikaPeerDispatch))) {
        InterlockedExchange(&ErikaBound, 0);
        return FALSE;
    }
    return TRUE;
}

static NTSTATUS NTAPI
ErikaAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderInstance);
    return ErikaEnsureBound(NmrBindingHandle) ? STATUS_SUCCESS : STATUS_NOINTERFACE; // EXPECT: nmr-attach-contract
}

static NTSTATUS NTAPI
ErikaDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    InterlockedExchange(&ErikaBound, 0);
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS ErikaCharacteristics = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), ErikaAttach, ErikaDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &ErikaNpiId, &ErikaModuleId, 0, NULL }
};

static HANDLE ErikaHandle;

static VOID NTAPI
ErikaUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterClient(ErikaHandle) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(ErikaHandle);
    }
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = ErikaUnload;
    return NmrRegisterClient(&ErikaCharacteristics, NULL, &ErikaHandle);
}
