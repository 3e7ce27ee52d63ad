/* Good: the handle is given to a helper library that is not among the files; it is presumed to end the registration. */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD AspUnload;

/* from the helper library */
NTSTATUS HelperTrackHandle(HANDLE NmrHandle);
VOID HelperShutdown(VOID);

static const NPIID AspNpiId = { 0xebbb5486, 0x7e4d, 0x4e9b, { 0x43, 0x78, 0x75, 0x7d, 0x4f, 0xe5, 0xf8, 0xaf } };
static const NPI_MODULEID AspModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x9304e78c, 0x6a8d, 0x490e, { 0xbd, 0xa1, 0xcb, 0x31, 0x9b, 0x03, 0x01, 0x37 } } } };
static const ULONG AspDispatch = 1;
static struct { PVOID Context; const VOID *Dispatch; } AspPeer;

static NTSTATUS NTAPI AspAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &AspPeer, &AspDispatch, &AspPeer.Context, &AspPeer.Dispatch);
}

static NTSTATUS NTAPI AspDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    AspPeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS AspClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), AspAttach, AspDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &AspNpiId, &AspModuleId, 0, NULL }
};

VOID NTAPI AspUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    HelperShutdown();
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    HANDLE Handle;
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);
    Status = NmrRegisterClient(&AspClient, NULL, &Handle);
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    Status = HelperTrackHandle(Handle);
    if (NT_SUCCESS(Status)) {
        DriverObject->DriverUnload = AspUnload;
    }
    return Status;
}
