/* Defect: the flag that guards the cleanup is set before the register call and stays set when that fails. */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD CedarUnload;

static const NPIID CedarNpiId = { 0xf2631810, 0x84fc, 0x4344, { 0xce, 0x9d, 0x6d, 0x28, 0x5c, 0x88, 0x10, 0x4b } };
static const NPI_MODULEID CedarModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x07fa9c9f, 0x16f6, 0x41ff, { 0x74, 0x54, 0x9d, 0x47, 0xb0, 0x13, 0x36, 0xe2 } } } };
static const ULONG CedarDispatch = 1;
static struct { PVOID Context; const VOID *Dispatch; } CedarPeer;

static NTSTATUS NTAPI CedarAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &CedarPeer, &CedarDispatch, &CedarPeer.Context, &CedarPeer.Dispatch);
}

static NTSTATUS NTAPI CedarDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    CedarPeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS CedarClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), CedarAttach, CedarDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &CedarNpiId, &CedarModuleId, 0, NULL }
};

static struct {
    HANDLE Handle;
    BOOLEAN Registered;
    PDEVICE_OBJECT Device;
} Cedar;

static VOID CedarCleanup(VOID)
{
    if (Cedar.Registered) {
        if (NmrDeregisterClient(Cedar.Handle) == STATUS_PENDING) { // EXPECT: nmr-invalid-handle
            NmrWaitForClientDeregisterComplete(Cedar.Handle);
        }
        Cedar.Registered = FALSE;
    }
    if (Cedar.Device != NULL) {
        IoDeleteDevice(Cedar.Device);
        Cedar.Device = NULL;
    }
}

VOID NTAPI CedarUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    CedarCleanup();
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);
    Status = IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_NETWORK, 0, FALSE, &Cedar.Device);
    if (!NT_SUCCESS(Status)) {
        Cedar.Device = NULL;
        return Status;
    }
    Cedar.Registered = TRUE;
    Status = NmrRegisterClient(&CedarClient, NULL, &Cedar.Handle);
    if (!NT_SUCCESS(Status)) {
        CedarCleanup();
        return Status;
    }
    DriverObject->DriverUnload = CedarUnload;
    return STATUS_SUCCESS;
}
