/*
 * Good: the spin lock that the attach callback takes is initialised before the register call.
 * (Twin: bad_lock_after_register.c)
 */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD FlintUnload;

static KSPIN_LOCK FlintLock;
static ULONG FlintSeen;
static HANDLE FlintHandle;
static struct { PVOID Context; const VOID *Dispatch; } FlintPeer;
static const ULONG FlintDispatch = 1;
static const NPIID FlintNpiId = { 0xfd722c42, 0x0909, 0x40dd, { 0x89, 0xbf, 0x5c, 0x37, 0xc3, 0x05, 0xcc, 0xe0 } };
static const NPI_MODULEID FlintModuleId = {
    sizeof(NPI_MODULEID), MIT_GUID, { { 0x7be34028, 0x2ae5, 0x47dc, { 0x81, 0x90, 0x80, 0xc6, 0x22, 0xf3, 0x6d, 0x4f } } }
};

static NTSTATUS NTAPI FlintAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    KIRQL OldIrql;

    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    KeAcquireSpinLock(&FlintLock, &OldIrql);
    FlintSeen += 1;
    KeReleaseSpinLock(&FlintLock, OldIrql);
    return NmrClientAttachProvider(NmrBindingHandle, &FlintPeer, &FlintDispatch, &FlintPeer.Context, &FlintPeer.Dispatch);
}

static NTSTATUS NTAPI FlintDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    FlintPeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS FlintClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), FlintAttach, FlintDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &FlintNpiId, &FlintModuleId, 0, NULL }
};

VOID NTAPI FlintUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterClient(FlintHandle) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(FlintHandle);
    }
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);
    KeInitializeSpinLock(&FlintLock);
    Status = NmrRegisterClient(&FlintClient, NULL, &FlintHandle);
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    DriverObject->DriverUnload = FlintUnload;
    return STATUS_SUCCESS;
}
