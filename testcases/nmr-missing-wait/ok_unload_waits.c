/*
 * Good: unload starts the deregistration and waits for its end.
 * (Twin: bad_unload_returns.c)
 */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD JackdawUnload;

static HANDLE JackdawHandle;
static const NPIID JackdawNpiId = { 0xc47c6ae3, 0xb3fe, 0x41ee, { 0x82, 0xb3, 0xe3, 0x0c, 0xdd, 0x61, 0xf4, 0x75 } };
static const NPI_MODULEID JackdawModuleId = {
    sizeof(NPI_MODULEID), MIT_GUID, { { 0x330bdbcb, 0x4788, 0x4761, { 0x8f, 0xc2, 0x81, 0x32, 0xee, 0xa2, 0x37, 0xa7 } } }
};
static const ULONG JackdawDispatch = 4;
static struct { PVOID Context; const VOID *Dispatch; } JackdawPeer;

static NTSTATUS NTAPI JackdawAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &JackdawPeer, &JackdawDispatch, &JackdawPeer.Context, &JackdawPeer.Dispatch);
}

static NTSTATUS NTAPI JackdawDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    JackdawPeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS JackdawClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), JackdawAttach, JackdawDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &JackdawNpiId, &JackdawModuleId, 0, NULL }
};

VOID NTAPI JackdawUnload(PDRIVER_OBJECT DriverObject)
{
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(DriverObject);
    Status = NmrDeregisterClient(JackdawHandle);
    if (!NT_SUCCESS(Status)) {
        DbgPrintEx(DPFLTR_IHVDRIVER_ID, DPFLTR_ERROR_LEVEL, "jackdaw: 0x%08lx\n", Status);
        return;
    }
    NmrWaitForClientDeregisterComplete(JackdawHandle);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = JackdawUnload;
    return NmrRegisterClient(&JackdawClient, NULL, &JackdawHandle);
}
