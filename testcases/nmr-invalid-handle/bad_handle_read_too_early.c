/* Defect: the handle is copied into the session before the register call fills it. */
#include <ntddk.h>
#include <netioddk.h>

#define SPRUCE_TAG 'urpS'

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD SpruceUnload;

static const NPIID SpruceNpiId = { 0x0d5079b0, 0x88ae, 0x4bbd, { 0x82, 0x0d, 0xfa, 0x1e, 0x37, 0x90, 0xcc, 0x89 } };
static const NPI_MODULEID SpruceModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0xe7464c82, 0x5136, 0x478e, { 0xc9, 0x88, 0x17, 0x4e, 0x20, 0x55, 0xdb, 0xdd } } } };
static const ULONG SpruceDispatch = 1;
static struct { PVOID Context; const VOID *Dispatch; } SprucePeer;

static NTSTATUS NTAPI SpruceAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &SprucePeer, &SpruceDispatch, &SprucePeer.Context, &SprucePeer.Dispatch);
}

static NTSTATUS NTAPI SpruceDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    SprucePeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS SpruceClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), SpruceAttach, SpruceDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &SpruceNpiId, &SpruceModuleId, 0, NULL }
};

static NTSTATUS SpruceProbe(VOID)
{
    HANDLE Handle = NULL;
    HANDLE Saved = Handle;
    LARGE_INTEGER Delay;
    NTSTATUS Status;

    Status = NmrRegisterClient(&SpruceClient, NULL, &Handle); // EXPECT: nmr-lost-handle
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    Delay.QuadPart = -10 * 1000 * 500;
    KeDelayExecutionThread(KernelMode, FALSE, &Delay);
    if (NmrDeregisterClient(Saved) == STATUS_PENDING) { // EXPECT: nmr-invalid-handle
        NmrWaitForClientDeregisterComplete(Saved);
    }
    return STATUS_SUCCESS;
}

VOID NTAPI SpruceUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = SpruceUnload;
    return SpruceProbe();
}
