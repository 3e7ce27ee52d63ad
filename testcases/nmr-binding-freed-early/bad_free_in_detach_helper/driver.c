#include "creek.h"

static HANDLE CreekClientHandle;

static const NPIID CreekNpiId = { 0x3cc5f35a, 0x11e5, 0x4197, { 0x7f, 0x19, 0x2a, 0x64, 0xfb, 0xcc, 0x8f, 0x6e } };
static const NPI_MODULEID CreekModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x88bd448f, 0xebf5, 0x45e1, { 0x58, 0xc2, 0x2c, 0x80, 0x95, 0xf4, 0xa1, 0xbc } } } };

static const NPI_CLIENT_CHARACTERISTICS CreekCharacteristics = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = CreekAttachProvider,
    .ClientDetachProvider = CreekDetachProvider,
    .ClientCleanupBindingContext = CreekCleanupBinding,
    .ClientRegistrationInstance = {
        .Size = sizeof(NPI_REGISTRATION_INSTANCE),
        .NpiId = &CreekNpiId,
        .ModuleId = &CreekModuleId,
    },
};

static VOID NTAPI
CreekUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterClient(CreekClientHandle) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(CreekClientHandle);
    }
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    CreekListInitialize();
    DriverObject->DriverUnload = CreekUnload;
    return NmrRegisterClient(&CreekCharacteristics, NULL, &CreekClientHandle);
}
