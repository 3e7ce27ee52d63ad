// The attach callback looks into a registry key that is opened only after the registration.
#include <ntddk.h>
#include <netioddk.h>

static HANDLE RampionKey;
static HANDLE RampionClient;
static PVOID RampionPeer;
static const VOID *RampionPeerDispatch;

static const NPIID RampionNpiId = { 0xd336ae45, 0x0e6c, 0x4c99, { 0x13, 0xf9, 0xea, 0xfd, 0xa9, 0xa2, 0x6a, 0x42 } };
static const NPI_MODULEID RampionModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x6718cee9, 0x75d5, 0x4aa8, { 0x25, 0x45, 0xa1, 0x26, 0x59, 0x93, 0xfe, 0x44 } } } };

static BOOLEAN
RampionAllows(ULONG Number)
{
    UCHAR buffer[sizeof(KEY_VALUE_PARTIAL_INFORMATION) + sizeof(ULONG)];
    PKEY_VALUE_PARTIAL_INFORMATION info = (PKEY_VALUE_PARTIAL_INFORMATION)buffer;
    UNICODE_STRING name = RTL_CONSTANT_STRING(L"Allowed");
    ULONG length;

    if (!NT_SUCCESS(ZwQueryValueKey(RampionKey, &name, KeyValuePartialInformation, info, sizeof(buffer), &length))) {
        return FALSE;
    }
    return info->DataLength == sizeof(ULONG) && *(PULONG)info->Data == Number;
}

static NTSTATUS NTAPI
RampionAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    if (!RampionAllows(ProviderInstance->Number)) {
        return STATUS_NOINTERFACE;
    }
    return NmrClientAttachProvider(NmrBindingHandle, &RampionPeer, NULL, &RampionPeer, &RampionPeerDispatch);
}

static NTSTATUS NTAPI
RampionDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS RampionCharacteristics = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), RampionAttach, RampionDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &RampionNpiId, &RampionModuleId, 0, NULL }
};

static VOID
RampionStop(VOID)
{
    if (NmrDeregisterClient(RampionClient) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(RampionClient);
    }
}

static VOID NTAPI
RampionUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    RampionStop();
    ZwClose(RampionKey);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    OBJECT_ATTRIBUTES attributes;
    NTSTATUS status;

    status = NmrRegisterClient(&RampionCharacteristics, NULL, &RampionClient);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    InitializeObjectAttributes(&attributes, RegistryPath, OBJ_KERNEL_HANDLE | OBJ_CASE_INSENSITIVE, NULL, NULL);
    status = ZwOpenKey(&RampionKey, KEY_READ, &attributes); // EXPECT: nmr-register-before-init
    if (!NT_SUCCESS(status)) {
        RampionStop();
        return status;
    }
    DriverObject->DriverUnload = RampionUnload;
    return STATUS_SUCCESS;
}
