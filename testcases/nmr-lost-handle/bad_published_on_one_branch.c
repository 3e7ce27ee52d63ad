/* Defect: the handle is kept only if the caller gave a place for it; one caller does not. */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD CaimanUnload;

static const NPIID CaimanNpiId = { 0xb5be19c3, 0x5c87, 0x4a28, { 0x0a, 0x98, 0xaa, 0xc2, 0x55, 0xde, 0x33, 0x84 } };
static const NPI_MODULEID CaimanModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0xc8e8df56, 0x4a4a, 0x4c23, { 0xe9, 0x52, 0xde, 0xb0, 0xb2, 0x8c, 0x14, 0x35 } } } };
static const ULONG CaimanDispatch = 1;
static struct { PVOID Context; const VOID *Dispatch; } CaimanPeer;

static NTSTATUS NTAPI CaimanAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &CaimanPeer, &CaimanDispatch, &CaimanPeer.Context, &CaimanPeer.Dispatch);
}

static NTSTATUS NTAPI CaimanDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    CaimanPeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS CaimanClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), CaimanAttach, CaimanDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &CaimanNpiId, &CaimanModuleId, 0, NULL }
};

static HANDLE CaimanHandle;

static NTSTATUS CaimanRegister(PHANDLE Result)
{
    HANDLE Handle;
    NTSTATUS Status;

    Status = NmrRegisterClient(&CaimanClient, NULL, &Handle); // EXPECT: nmr-lost-handle
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    if (Result != NULL) {
        *Result = Handle;
    }
    return STATUS_SUCCESS;
}

VOID NTAPI CaimanUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (CaimanHandle != NULL) {
        if (NmrDeregisterClient(CaimanHandle) == STATUS_PENDING) {
            NmrWaitForClientDeregisterComplete(CaimanHandle);
        }
    }
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = CaimanUnload;
    return CaimanRegister(RegistryPath->Length > 100 ? &CaimanHandle : NULL);
}
