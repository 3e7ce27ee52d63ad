/* Good: the function that registers returns the handle, or NULL; the status is tested inside. */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD TowheeUnload;

static const NPIID TowheeNpiId = { 0x64e860bc, 0xd42f, 0x43b1, { 0x6d, 0x52, 0xd8, 0xfe, 0xde, 0xc0, 0x4c, 0x72 } };
static const NPI_MODULEID TowheeModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x9e437814, 0xf802, 0x476e, { 0xdc, 0x4a, 0x07, 0x2c, 0xc5, 0xb8, 0x0e, 0x9c } } } };
static const ULONG TowheeDispatch = 1;
static struct { PVOID Context; const VOID *Dispatch; } TowheePeer;

static NTSTATUS NTAPI TowheeAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &TowheePeer, &TowheeDispatch, &TowheePeer.Context, &TowheePeer.Dispatch);
}

static NTSTATUS NTAPI TowheeDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    TowheePeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS TowheeClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), TowheeAttach, TowheeDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &TowheeNpiId, &TowheeModuleId, 0, NULL }
};

static HANDLE TowheeHandle;

static HANDLE TowheeOpen(PNTSTATUS Status)
{
    HANDLE Handle;

    *Status = NmrRegisterClient(&TowheeClient, NULL, &Handle);
    return NT_SUCCESS(*Status) ? Handle : NULL;
}

static HANDLE TowheeClose(HANDLE Handle)
{
    if (Handle != NULL && NmrDeregisterClient(Handle) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(Handle);
    }
    return NULL;
}

VOID NTAPI TowheeUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    TowheeHandle = TowheeClose(TowheeHandle);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);
    TowheeHandle = TowheeOpen(&Status);
    if (TowheeHandle == NULL) {
        return Status;
    }
    DriverObject->DriverUnload = TowheeUnload;
    return STATUS_SUCCESS;
}
