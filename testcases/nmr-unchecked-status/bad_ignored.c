/*
 * Defect: the status of the register call is dropped.
 * (Twin: ok_returned.c)
 */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD AgateUnload;

static HANDLE AgateHandle;
static const NPIID AgateNpiId = { 0x9a04cc9b, 0x57e4, 0x435f, { 0x87, 0x95, 0x1a, 0xfd, 0x32, 0x71, 0xf8, 0xcb } };
static const NPI_MODULEID AgateModuleId = {
    sizeof(NPI_MODULEID), MIT_GUID, { { 0x1b4db3ef, 0xbbeb, 0x49da, { 0x88, 0xa1, 0x21, 0xc4, 0xa6, 0x56, 0x21, 0xfa } } }
};
static const ULONG AgateDispatch = 5;
static struct { PVOID Context; const VOID *Dispatch; } AgatePeer;

static NTSTATUS NTAPI AgateAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &AgatePeer, &AgateDispatch, &AgatePeer.Context, &AgatePeer.Dispatch);
}

static NTSTATUS NTAPI AgateDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    AgatePeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS AgateClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), AgateAttach, AgateDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &AgateNpiId, &AgateModuleId, 0, NULL }
};

VOID NTAPI AgateUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterClient(AgateHandle) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(AgateHandle);
    }
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = AgateUnload;
    NmrRegisterClient(&AgateClient, NULL, &AgateHandle); // EXPECT: nmr-unchecked-status
    return STATUS_SUCCESS;
}
