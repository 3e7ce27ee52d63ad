/* Good: the option that decided over the register call decides over its end; nobody changes it in between. */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD MamboUnload;

static const NPIID MamboNpiId = { 0x005333c0, 0x2d53, 0x494f, { 0x5c, 0x6e, 0xa6, 0xab, 0x66, 0x14, 0xcb, 0xbe } };
static const NPI_MODULEID MamboModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x7738a2b0, 0x6a3e, 0x4e2c, { 0xfb, 0x68, 0xdb, 0x66, 0x00, 0xc9, 0x29, 0x4a } } } };
static const ULONG MamboDispatch = 1;
static struct { PVOID Context; const VOID *Dispatch; } MamboPeer;

static NTSTATUS NTAPI MamboAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &MamboPeer, &MamboDispatch, &MamboPeer.Context, &MamboPeer.Dispatch);
}

static NTSTATUS NTAPI MamboDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    MamboPeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS MamboClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), MamboAttach, MamboDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &MamboNpiId, &MamboModuleId, 0, NULL }
};

static struct {
    HANDLE Client;
    ULONG Options;
} Mambo;

VOID NTAPI MamboUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (Mambo.Options & 4) {
        if (NmrDeregisterClient(Mambo.Client) == STATUS_PENDING) {
            NmrWaitForClientDeregisterComplete(Mambo.Client);
        }
    }
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS Status;

    Mambo.Options = RegistryPath->Length > 80 ? 4 : 0;
    if (Mambo.Options & 4) {
        Status = NmrRegisterClient(&MamboClient, NULL, &Mambo.Client);
        if (!NT_SUCCESS(Status)) {
            return Status;
        }
    }
    DriverObject->DriverUnload = MamboUnload;
    return STATUS_SUCCESS;
}
