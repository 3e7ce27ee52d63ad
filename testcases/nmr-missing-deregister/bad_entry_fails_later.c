/*
 * Defect: creating the device after the registration can fail; DriverEntry then returns with the client registered.
 * (Twin: ok_entry_unwinds.c)
 */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD BramblingUnload;

static HANDLE BramblingHandle;
static PDEVICE_OBJECT BramblingDevice;
static const NPIID BramblingNpiId = { 0xf4023a67, 0xcce4, 0x4cae, { 0x86, 0xf2, 0x31, 0x7f, 0x15, 0x23, 0x3b, 0xe0 } };
static const NPI_MODULEID BramblingModuleId = {
    sizeof(NPI_MODULEID), MIT_GUID, { { 0x53e1728f, 0x8e25, 0x4e79, { 0x85, 0xff, 0x8d, 0xd0, 0xbe, 0x3b, 0x17, 0x45 } } }
};
static const ULONG BramblingDispatch = 7;
static struct { PVOID Context; const VOID *Dispatch; } BramblingPeer;

static NTSTATUS NTAPI BramblingAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &BramblingPeer, &BramblingDispatch, &BramblingPeer.Context, &BramblingPeer.Dispatch);
}

static NTSTATUS NTAPI BramblingDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    BramblingPeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS BramblingClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), BramblingAttach, BramblingDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &BramblingNpiId, &BramblingModuleId, 0, NULL }
};

VOID NTAPI BramblingUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    IoDeleteDevice(BramblingDevice);
    if (NmrDeregisterClient(BramblingHandle) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(BramblingHandle);
    }
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = BramblingUnload;

    Status = NmrRegisterClient(&BramblingClient, NULL, &BramblingHandle); // EXPECT: nmr-missing-deregister
    if (!NT_SUCCESS(Status)) {
        return Status;
    }

    Status = IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_NETWORK, 0, FALSE, &BramblingDevice);
    if (!NT_SUCCESS(Status)) {
        DbgPrintEx(DPFLTR_IHVDRIVER_ID, DPFLTR_ERROR_LEVEL, "brambling: no device, 0x%08lx\n", Status);
    }
    return Status;
}
