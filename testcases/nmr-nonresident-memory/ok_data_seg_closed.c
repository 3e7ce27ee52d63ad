/*
 * Good: the pragma is closed after the configuration; the characteristics go to the ordinary data section.
 * (Twin: bad_data_seg_page.c)
 */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD SorrelUnload;

static const NPIID SorrelNpiId = { 0x659f4b08, 0xfc14, 0x49e0, { 0x89, 0x4d, 0xc6, 0x87, 0xf4, 0x2d, 0x9f, 0x67 } };
static const NPI_MODULEID SorrelModuleId = {
    sizeof(NPI_MODULEID), MIT_GUID, { { 0x51cab8e1, 0x90bc, 0x4a7a, { 0x85, 0x35, 0x14, 0x69, 0x64, 0x14, 0x42, 0x5b } } }
};
static const ULONG SorrelDispatch = 6;
static struct { PVOID Context; const VOID *Dispatch; } SorrelPeer;

static NTSTATUS NTAPI SorrelAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &SorrelPeer, &SorrelDispatch, &SorrelPeer.Context, &SorrelPeer.Dispatch);
}

static NTSTATUS NTAPI SorrelDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    SorrelPeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

#pragma data_seg("PAGEDATA")
static ULONG SorrelOptions[4] = { 1, 0, 0, 7 };
#pragma data_seg()
static NPI_CLIENT_CHARACTERISTICS SorrelClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), SorrelAttach, SorrelDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &SorrelNpiId, &SorrelModuleId, 0, NULL }
};

static HANDLE SorrelHandle;

VOID NTAPI SorrelUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterClient(SorrelHandle) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(SorrelHandle);
    }
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    SorrelClient.ClientRegistrationInstance.Number = SorrelOptions[3];
    DriverObject->DriverUnload = SorrelUnload;
    return NmrRegisterClient(&SorrelClient, NULL, &SorrelHandle);
}
