/* Defect: the client's Length is the size of the registration instance. */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD AlderUnload;

static const NPIID AlderNpiId = { 0x7480aa5e, 0xd7c8, 0x40d7, { 0xa6, 0x6b, 0x37, 0x9c, 0x13, 0x3a, 0xb4, 0x32 } };
static const NPI_MODULEID AlderModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0xf236adad, 0x1500, 0x4026, { 0x12, 0xf4, 0xf3, 0xc5, 0xf1, 0xff, 0x49, 0x62 } } } };
static const ULONG AlderDispatch = 1;
static struct { PVOID Context; const VOID *Dispatch; } AlderPeer;

static NTSTATUS NTAPI AlderAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &AlderPeer, &AlderDispatch, &AlderPeer.Context, &AlderPeer.Dispatch);
}

static NTSTATUS NTAPI AlderDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    AlderPeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static HANDLE AlderHandle;
static const NPI_CLIENT_CHARACTERISTICS AlderClient = {
    0, sizeof(NPI_REGISTRATION_INSTANCE), AlderAttach, AlderDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &AlderNpiId, &AlderModuleId, 0, NULL }
};

VOID NTAPI AlderUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterClient(AlderHandle) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(AlderHandle);
    }
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = AlderUnload;
    return NmrRegisterClient(&AlderClient, NULL, &AlderHandle); // EXPECT: nmr-bad-characteristics
}
