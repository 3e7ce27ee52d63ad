/* Defect: the macro makes the whole call; the finding stands at its use. */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD HarpUnload;

static const NPIID HarpNpiId = { 0x0015d99e, 0x6518, 0x4397, { 0xa9, 0xe6, 0x55, 0x47, 0xb3, 0x7f, 0x1c, 0xb5 } };
static const NPI_MODULEID HarpModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x28bb2a04, 0xdee7, 0x4a8b, { 0x10, 0x71, 0x0d, 0x60, 0x38, 0x3f, 0x22, 0x6a } } } };
static const ULONG HarpDispatch = 1;
static struct { PVOID Context; const VOID *Dispatch; } HarpPeer;

static NTSTATUS NTAPI HarpAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &HarpPeer, &HarpDispatch, &HarpPeer.Context, &HarpPeer.Dispatch);
}

static NTSTATUS NTAPI HarpDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    HarpPeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS HarpClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), HarpAttach, HarpDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &HarpNpiId, &HarpModuleId, 0, NULL }
};

static HANDLE HarpHandle;

#define REGISTER_CLIENT(Name, Result) \
    do { \
        (Result) = NmrRegisterClient(&Name##Client, \
            NULL, \
            &Name##Handle); \
    } while (0)

VOID NTAPI HarpUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = HarpUnload;
    REGISTER_CLIENT(Harp, Status); // EXPECT: nmr-missing-deregister
    return Status;
}
