/* Defect: the branch for a failed register call deregisters. */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD AspenUnload;

static const NPIID AspenNpiId = { 0x6e5f0111, 0xb5c6, 0x4164, { 0xce, 0x61, 0x91, 0x0f, 0xff, 0x64, 0x58, 0xb4 } };
static const NPI_MODULEID AspenModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x3a293cc6, 0x7205, 0x4ad9, { 0x7c, 0x16, 0x97, 0xe8, 0xc0, 0xe8, 0xd9, 0x6f } } } };
static const ULONG AspenDispatch = 1;
static struct { PVOID Context; const VOID *Dispatch; } AspenPeer;

static NTSTATUS NTAPI AspenAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &AspenPeer, &AspenDispatch, &AspenPeer.Context, &AspenPeer.Dispatch);
}

static NTSTATUS NTAPI AspenDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    AspenPeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS AspenClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), AspenAttach, AspenDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &AspenNpiId, &AspenModuleId, 0, NULL }
};

static HANDLE AspenHandle;

static VOID AspenStop(VOID)
{
    if (NmrDeregisterClient(AspenHandle) == STATUS_PENDING) { // EXPECT: nmr-invalid-handle
        NmrWaitForClientDeregisterComplete(AspenHandle);
    }
}

VOID NTAPI AspenUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    AspenStop();
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);
    Status = NmrRegisterClient(&AspenClient, NULL, &AspenHandle);
    if (!NT_SUCCESS(Status)) {
        AspenStop();
        return Status;
    }
    DriverObject->DriverUnload = AspenUnload;
    return STATUS_SUCCESS;
}
