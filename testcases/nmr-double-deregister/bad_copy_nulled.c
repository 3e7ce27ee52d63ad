/* Defect: stop nulls its own copy of the handle, so the guard of the second call, in unload, sees the old value. */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD PipitUnload;

static const NPIID PipitNpiId = { 0x27ad2017, 0xcff3, 0x4be4, { 0xc7, 0xc3, 0xff, 0xd1, 0x17, 0xaf, 0xa6, 0xc1 } };
static const NPI_MODULEID PipitModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x4a586202, 0x5e82, 0x4485, { 0x55, 0xb1, 0x52, 0x9f, 0x64, 0xa8, 0x19, 0xdc } } } };
static const ULONG PipitDispatch = 1;
static struct { PVOID Context; const VOID *Dispatch; } PipitPeer;

static NTSTATUS NTAPI PipitAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &PipitPeer, &PipitDispatch, &PipitPeer.Context, &PipitPeer.Dispatch);
}

static NTSTATUS NTAPI PipitDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    PipitPeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS PipitClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), PipitAttach, PipitDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &PipitNpiId, &PipitModuleId, 0, NULL }
};

static HANDLE PipitHandle;

static VOID PipitStop(HANDLE Handle)
{
    if (Handle != NULL) {
        if (NmrDeregisterClient(Handle) == STATUS_PENDING) {
            NmrWaitForClientDeregisterComplete(Handle);
        }
        Handle = NULL;
    }
}

VOID NTAPI PipitUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    PipitStop(PipitHandle);
    if (PipitHandle != NULL) {
        NTSTATUS Status = NmrDeregisterClient(PipitHandle); // EXPECT: nmr-double-deregister

        if (Status == STATUS_PENDING) {
            NmrWaitForClientDeregisterComplete(PipitHandle);
        }
    }
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = PipitUnload;
    return NmrRegisterClient(&PipitClient, NULL, &PipitHandle);
}
