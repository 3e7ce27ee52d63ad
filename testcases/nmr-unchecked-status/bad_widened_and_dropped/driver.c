/*
 * Defect: the result of OpalOpen is tested, but that of the second register call, here, is widened and dropped.
 * (Twin: ok_widened_and_tested)
 */
#include "result.h"

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD DriverUnload;

static HANDLE PearlHandle;
static const NPIID PearlNpiId = { 0x2f85e7d8, 0x8459, 0x446a, { 0x85, 0xfb, 0x96, 0xb0, 0x6a, 0x20, 0x70, 0xdc } };
static const NPI_MODULEID PearlModuleId = {
    sizeof(NPI_MODULEID), MIT_GUID, { { 0xea0bfbce, 0xba06, 0x4969, { 0x8a, 0xef, 0xdc, 0xcc, 0x2d, 0xd2, 0x43, 0x2e } } }
};
static const ULONG PearlDispatch = 8;
static struct { PVOID Context; const VOID *Dispatch; } PearlPeer;

static NTSTATUS NTAPI PearlAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &PearlPeer, &PearlDispatch, &PearlPeer.Context, &PearlPeer.Dispatch);
}

static NTSTATUS NTAPI PearlDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    PearlPeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS PearlClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), PearlAttach, PearlDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &PearlNpiId, &PearlModuleId, 0, NULL }
};

static VOID PearlEnd(VOID)
{
    if (NmrDeregisterClient(PearlHandle) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(PearlHandle);
    }
}

VOID NTAPI DriverUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    PearlEnd();
    OpalClose();
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    OPAL_RESULT Result;

    UNREFERENCED_PARAMETER(RegistryPath);
    Result = OpalOpen();
    if (!Result.Ok) {
        return STATUS_UNSUCCESSFUL;
    }
    Result = OpalResult(NmrRegisterClient(&PearlClient, NULL, &PearlHandle)); // EXPECT: nmr-unchecked-status
    DriverObject->DriverUnload = DriverUnload;
    return STATUS_SUCCESS;
}
