#include "crocus.h"

static HANDLE CrocusProvider;

static const NPIID CrocusNpiId = { 0x5c78b878, 0x2287, 0x4978, { 0x0b, 0xfb, 0x0c, 0x2d, 0x03, 0x86, 0xe0, 0x1d } };
static const NPI_MODULEID CrocusModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x5bd56750, 0x0599, 0x4729, { 0x14, 0x6b, 0x21, 0xc3, 0x8f, 0xb0, 0xc3, 0xa3 } } } };

static const NPI_PROVIDER_CHARACTERISTICS CrocusCharacteristics = {
    .Length = sizeof(NPI_PROVIDER_CHARACTERISTICS),
    .ProviderAttachClient = CrocusAttachClient,
    .ProviderDetachClient = CrocusDetachClient,
    .ProviderCleanupBindingContext = CrocusCleanupClient,
    .ProviderRegistrationInstance = {
        .Size = sizeof(NPI_REGISTRATION_INSTANCE),
        .NpiId = &CrocusNpiId,
        .ModuleId = &CrocusModuleId,
    },
};

static VOID NTAPI
CrocusUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterProvider(CrocusProvider) == STATUS_PENDING) {
        NmrWaitForProviderDeregisterComplete(CrocusProvider);
    }
    CrocusStop();
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    CrocusStart();
    status = NmrRegisterProvider(&CrocusCharacteristics, NULL, &CrocusProvider);
    if (!NT_SUCCESS(status)) {
        CrocusStop();
        return status;
    }
    DriverObject->DriverUnload = CrocusUnload;
    return STATUS_SUCCESS;
}
