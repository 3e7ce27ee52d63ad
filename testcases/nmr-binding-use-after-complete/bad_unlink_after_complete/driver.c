#include "iris.h"

static HANDLE IrisProvider;

static const NPIID IrisNpiId = { 0x5c78b878, 0x2287, 0x4978, { 0x0b, 0xfb, 0x0c, 0x2d, 0x03, 0x86, 0xe0, 0x1d } };
static const NPI_MODULEID IrisModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x5bd56750, 0x0599, 0x4729, { 0x14, 0x6b, 0x21, 0xc3, 0x8f, 0xb0, 0xc3, 0xa3 } } } };

static const NPI_PROVIDER_CHARACTERISTICS IrisCharacteristics = {
    .Length = sizeof(NPI_PROVIDER_CHARACTERISTICS),
    .ProviderAttachClient = IrisAttachClient,
    .ProviderDetachClient = IrisDetachClient,
    .ProviderCleanupBindingContext = IrisCleanupClient,
    .ProviderRegistrationInstance = {
        .Size = sizeof(NPI_REGISTRATION_INSTANCE),
        .NpiId = &IrisNpiId,
        .ModuleId = &IrisModuleId,
    },
};

static VOID NTAPI
IrisUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterProvider(IrisProvider) == STATUS_PENDING) {
        NmrWaitForProviderDeregisterComplete(IrisProvider);
    }
    IrisStop();
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    IrisStart();
    status = NmrRegisterProvider(&IrisCharacteristics, NULL, &IrisProvider);
    if (!NT_SUCCESS(status)) {
        IrisStop();
        return status;
    }
    DriverObject->DriverUnload = IrisUnload;
    return STATUS_SUCCESS;
}
