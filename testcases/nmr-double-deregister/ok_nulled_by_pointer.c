/* Good: stop nulls the variable through its address; the second call's guard keeps it away. */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD WagtailUnload;

static const NPIID WagtailNpiId = { 0xe166413d, 0xdb99, 0x44ce, { 0x22, 0xd0, 0x55, 0xf3, 0x53, 0x1f, 0x4f, 0x9b } };
static const NPI_MODULEID WagtailModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0xf2ec6700, 0xa3c3, 0x47ce, { 0x0e, 0x67, 0x68, 0x20, 0xca, 0xde, 0x4f, 0xf9 } } } };
static const ULONG WagtailDispatch = 1;
static struct { PVOID Context; const VOID *Dispatch; } WagtailPeer;

static NTSTATUS NTAPI WagtailAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &WagtailPeer, &WagtailDispatch, &WagtailPeer.Context, &WagtailPeer.Dispatch);
}

static NTSTATUS NTAPI WagtailDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    WagtailPeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS WagtailClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), WagtailAttach, WagtailDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &WagtailNpiId, &WagtailModuleId, 0, NULL }
};

static HANDLE WagtailHandle;

static VOID WagtailStop(HANDLE *Handle)
{
    if (*Handle != NULL) {
        if (NmrDeregisterClient(*Handle) == STATUS_PENDING) {
            NmrWaitForClientDeregisterComplete(*Handle);
        }
        *Handle = NULL;
    }
}

VOID NTAPI WagtailUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    WagtailStop(&WagtailHandle);
    if (WagtailHandle != NULL) {
        if (NmrDeregisterClient(WagtailHandle) == STATUS_PENDING) {
            NmrWaitForClientDeregisterComplete(WagtailHandle);
        }
    }
    WagtailStop(&WagtailHandle);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);
    Status = NmrRegisterClient(&WagtailClient, NULL, &WagtailHandle);
    if (!NT_SUCCESS(Status)) {
        WagtailHandle = NULL;
        return Status;
    }
    DriverObject->DriverUnload = WagtailUnload;
    return STATUS_SUCCESS;
}
