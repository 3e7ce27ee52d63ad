/* Defect: the handle is nulled between the deregister call and the wait. */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD MapleUnload;

static const NPIID MapleNpiId = { 0x4004507e, 0x320e, 0x4678, { 0x80, 0xa0, 0xa1, 0x8d, 0x00, 0xa0, 0x7f, 0x09 } };
static const NPI_MODULEID MapleModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x7227e579, 0xfd68, 0x465e, { 0xb2, 0xe4, 0x1f, 0x08, 0x7b, 0x84, 0xd2, 0x60 } } } };
static const ULONG MapleDispatch = 1;
static struct { PVOID Context; const VOID *Dispatch; } MaplePeer;

static NTSTATUS NTAPI MapleAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &MaplePeer, &MapleDispatch, &MaplePeer.Context, &MaplePeer.Dispatch);
}

static NTSTATUS NTAPI MapleDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    MaplePeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS MapleClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), MapleAttach, MapleDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &MapleNpiId, &MapleModuleId, 0, NULL }
};

static HANDLE MapleHandle;

VOID NTAPI MapleUnload(PDRIVER_OBJECT DriverObject)
{
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(DriverObject);
    Status = NmrDeregisterClient(MapleHandle);
    MapleHandle = NULL;
    if (Status == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(MapleHandle); // EXPECT: nmr-invalid-handle
    }
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = MapleUnload;
    return NmrRegisterClient(&MapleClient, NULL, &MapleHandle);
}
