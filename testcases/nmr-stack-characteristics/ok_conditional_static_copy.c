/* Good: the modified copy is a global; the pointer chooses between two objects with static storage. */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD RuffUnload;

static const NPIID RuffNpiId = { 0xc16745ce, 0xb8da, 0x451b, { 0xa7, 0x13, 0x1d, 0x5d, 0x02, 0x90, 0xf2, 0xdd } };
static const NPI_MODULEID RuffModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x0c7f27c6, 0x8120, 0x4d78, { 0x84, 0x38, 0x77, 0x9c, 0xd2, 0x4b, 0x84, 0x7a } } } };
static const ULONG RuffDispatch = 1;
static struct { PVOID Context; const VOID *Dispatch; } RuffPeer;

static NTSTATUS NTAPI RuffAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &RuffPeer, &RuffDispatch, &RuffPeer.Context, &RuffPeer.Dispatch);
}

static NTSTATUS NTAPI RuffDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    RuffPeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS RuffClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), RuffAttach, RuffDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &RuffNpiId, &RuffModuleId, 0, NULL }
};

static NPI_CLIENT_CHARACTERISTICS RuffModified;
static HANDLE RuffHandle;

VOID NTAPI RuffUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterClient(RuffHandle) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(RuffHandle);
    }
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NPI_CLIENT_CHARACTERISTICS Local = RuffClient;
    NTSTATUS Status;
    BOOLEAN Modify = RegistryPath->Length > 80;

    if (Modify) {
        Local.ClientRegistrationInstance.Number = 2;
        RuffModified = Local;
    }
    Status = NmrRegisterClient(Modify ? &RuffModified : &RuffClient, NULL, &RuffHandle);
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    DriverObject->DriverUnload = RuffUnload;
    return STATUS_SUCCESS;
}
