/* Defect: the module's reset function, which nulls the handle, runs once more after the client was registered. */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD MolochUnload;

static const NPIID MolochNpiId = { 0xf398345c, 0x64d1, 0x4090, { 0x1b, 0x4d, 0x23, 0x22, 0xc4, 0x71, 0x20, 0x5c } };
static const NPI_MODULEID MolochModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x24be9c8a, 0xc07a, 0x4743, { 0x49, 0x7a, 0x53, 0x88, 0x6a, 0xc5, 0xdc, 0x18 } } } };
static const ULONG MolochDispatch = 1;
static struct { PVOID Context; const VOID *Dispatch; } MolochPeer;

static NTSTATUS NTAPI MolochAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &MolochPeer, &MolochDispatch, &MolochPeer.Context, &MolochPeer.Dispatch);
}

static NTSTATUS NTAPI MolochDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    MolochPeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS MolochClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), MolochAttach, MolochDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &MolochNpiId, &MolochModuleId, 0, NULL }
};

static struct {
    HANDLE Nmr;
    ULONG Flags;
    LONG Count;
} Moloch;

static VOID MolochResetCounters(VOID)
{
    Moloch.Flags = 0;
    Moloch.Count = 0;
    Moloch.Nmr = NULL; // EXPECT: nmr-lost-handle
}

VOID NTAPI MolochUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (Moloch.Nmr != NULL) {
        if (NmrDeregisterClient(Moloch.Nmr) == STATUS_PENDING) {
            NmrWaitForClientDeregisterComplete(Moloch.Nmr);
        }
    }
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);
    Status = NmrRegisterClient(&MolochClient, NULL, &Moloch.Nmr);
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    MolochResetCounters();
    DriverObject->DriverUnload = MolochUnload;
    return STATUS_SUCCESS;
}
