#include "yarrow.h"

static HANDLE YarrowProvider;

static const NPIID YarrowNpiId = { 0xe0b45261, 0xf5af, 0x43ae, { 0x0e, 0x97, 0x57, 0x35, 0xf1, 0xfb, 0x93, 0xe3 } };
static const NPI_MODULEID YarrowModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0xd2b6b16b, 0xbdf5, 0x4758, { 0xa1, 0xbb, 0x6f, 0xc3, 0x1b, 0x53, 0x50, 0x3b } } } };

static const NPI_PROVIDER_CHARACTERISTICS YarrowCharacteristics = {
    .Length = sizeof(NPI_PROVIDER_CHARACTERISTICS),
    .ProviderAttachClient = YarrowAttach,
    .ProviderDetachClient = YarrowDetach,
    .ProviderCleanupBindingContext = YarrowCleanup,
    .ProviderRegistrationInstance = {
        .Size = sizeof(NPI_REGISTRATION_INSTANCE),
        .NpiId = &YarrowNpiId,
        .ModuleId = &YarrowModuleId,
    },
};

static VOID NTAPI
YarrowUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterProvider(YarrowProvider) == STATUS_PENDING) {
        NmrWaitForProviderDeregisterComplete(YarrowProvider);
    }
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = YarrowUnload;
    return NmrRegisterProvider(&YarrowCharacteristics, NULL, &YarrowProvider);
}
