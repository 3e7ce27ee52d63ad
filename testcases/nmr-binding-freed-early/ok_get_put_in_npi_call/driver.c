#include "milfoil.h"

static HANDLE MilfoilProvider;

static const NPIID MilfoilNpiId = { 0x1f4e44be, 0x60b8, 0x4a49, { 0xd7, 0x63, 0xac, 0x2b, 0xa2, 0x10, 0x40, 0x5f } };
static const NPI_MODULEID MilfoilModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x9e5953ce, 0x967b, 0x4353, { 0x5d, 0x8e, 0x9a, 0x9a, 0xbb, 0xfb, 0x2f, 0x58 } } } };

static const NPI_PROVIDER_CHARACTERISTICS MilfoilCharacteristics = {
    .Length = sizeof(NPI_PROVIDER_CHARACTERISTICS),
    .ProviderAttachClient = MilfoilAttach,
    .ProviderDetachClient = MilfoilDetach,
    .ProviderCleanupBindingContext = MilfoilCleanup,
    .ProviderRegistrationInstance = {
        .Size = sizeof(NPI_REGISTRATION_INSTANCE),
        .NpiId = &MilfoilNpiId,
        .ModuleId = &MilfoilModuleId,
    },
};

static VOID NTAPI
MilfoilUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterProvider(MilfoilProvider) == STATUS_PENDING) {
        NmrWaitForProviderDeregisterComplete(MilfoilProvider);
    }
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = MilfoilUnload;
    return NmrRegisterProvider(&MilfoilCharacteristics, NULL, &MilfoilProvider);
}
