/*
 * Defect: the provider's deregister function is called with the client's handle.
 * (Twin: ok_each_its_own.c)
 */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD TanagerUnload;

static HANDLE TanagerClientHandle;
static const NPIID TanagerNpiId = { 0x5bb3209f, 0xc158, 0x494c, { 0x80, 0xad, 0x1e, 0xf6, 0x53, 0x29, 0x41, 0xa1 } };
static const NPI_MODULEID TanagerModuleId = {
    sizeof(NPI_MODULEID), MIT_GUID, { { 0x560c65f3, 0xfa3e, 0x4045, { 0x84, 0x3d, 0xc4, 0x22, 0x99, 0x6e, 0x4e, 0x86 } } }
};
static const ULONG TanagerDispatch = 6;
static struct { PVOID Context; const VOID *Dispatch; } TanagerPeer;

static NTSTATUS NTAPI TanagerAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &TanagerPeer, &TanagerDispatch, &TanagerPeer.Context, &TanagerPeer.Dispatch);
}

static NTSTATUS NTAPI TanagerDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    TanagerPeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS TanagerClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), TanagerAttach, TanagerDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &TanagerNpiId, &TanagerModuleId, 0, NULL }
};

VOID NTAPI TanagerUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterProvider(TanagerClientHandle) == STATUS_PENDING) { // EXPECT: nmr-wrong-handle
        NmrWaitForClientDeregisterComplete(TanagerClientHandle);
    }
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = TanagerUnload;
    return NmrRegisterClient(&TanagerClient, NULL, &TanagerClientHandle);
}
