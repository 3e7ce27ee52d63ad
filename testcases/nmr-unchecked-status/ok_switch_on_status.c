/*
 * Good: a switch over the status; a failure that has a fallback is one of the cases.
 */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD TopazUnload;

static HANDLE TopazHandle;
static BOOLEAN TopazRegistered;
static const NPIID TopazNpiId = { 0x31511a3d, 0xea98, 0x44cf, { 0x81, 0xff, 0xd1, 0x33, 0x83, 0x09, 0x13, 0x92 } };
static const NPI_MODULEID TopazModuleId = {
    sizeof(NPI_MODULEID), MIT_GUID, { { 0xe2b05b5a, 0x77ec, 0x4f2e, { 0x84, 0x5e, 0x89, 0x41, 0xd0, 0xe3, 0x4d, 0x56 } } }
};
static const ULONG TopazDispatch = 7;
static struct { PVOID Context; const VOID *Dispatch; } TopazPeer;

static NTSTATUS NTAPI TopazAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &TopazPeer, &TopazDispatch, &TopazPeer.Context, &TopazPeer.Dispatch);
}

static NTSTATUS NTAPI TopazDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    TopazPeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS TopazClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), TopazAttach, TopazDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &TopazNpiId, &TopazModuleId, 0, NULL }
};

static NTSTATUS TopazStart(VOID)
{
    NTSTATUS Status = NmrRegisterClient(&TopazClient, NULL, &TopazHandle);

    switch (Status) {
    case STATUS_SUCCESS:
        TopazRegistered = TRUE;
        break;
    case STATUS_INSUFFICIENT_RESOURCES:
    case STATUS_NO_MEMORY:
        return Status;
    default:
        DbgPrintEx(DPFLTR_IHVDRIVER_ID, DPFLTR_WARNING_LEVEL, "topaz: goes on without, 0x%08lx\n", Status);
        break;
    }
    return STATUS_SUCCESS;
}

VOID NTAPI TopazUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (TopazRegistered) {
        if (NmrDeregisterClient(TopazHandle) == STATUS_PENDING) {
            NmrWaitForClientDeregisterComplete(TopazHandle);
        }
    }
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = TopazUnload;
    return TopazStart();
}
