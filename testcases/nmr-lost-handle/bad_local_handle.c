/*
 * Defect: the handle is a local of DriverEntry; when that has returned, nobody can end the registration.
 * (Twin: ok_global_handle.c)
 */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD HeronUnload;

static HANDLE HeronHandle;
static const NPIID HeronNpiId = { 0x0783bb5b, 0x7332, 0x4b6a, { 0x86, 0x86, 0x3b, 0x57, 0x45, 0xbb, 0xec, 0x67 } };
static const NPI_MODULEID HeronModuleId = {
    sizeof(NPI_MODULEID), MIT_GUID, { { 0x0d7d5016, 0x229b, 0x46e0, { 0x84, 0xcc, 0x86, 0x66, 0xfd, 0x67, 0x4a, 0x0e } } }
};
static const ULONG HeronDispatch = 7;
static struct { PVOID Context; const VOID *Dispatch; } HeronPeer;

static NTSTATUS NTAPI HeronAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &HeronPeer, &HeronDispatch, &HeronPeer.Context, &HeronPeer.Dispatch);
}

static NTSTATUS NTAPI HeronDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    HeronPeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS HeronClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), HeronAttach, HeronDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &HeronNpiId, &HeronModuleId, 0, NULL }
};

VOID NTAPI HeronUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (HeronHandle != NULL) {
        if (NmrDeregisterClient(HeronHandle) == STATUS_PENDING) {
            NmrWaitForClientDeregisterComplete(HeronHandle);
        }
    }
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    HANDLE Handle = NULL;
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);
    Status = NmrRegisterClient(&HeronClient, NULL, &Handle); // EXPECT: nmr-lost-handle
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    DriverObject->DriverUnload = HeronUnload;
    return STATUS_SUCCESS;
}
