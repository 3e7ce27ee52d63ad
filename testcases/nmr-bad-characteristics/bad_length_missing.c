/*
 * Defect: Length is left 0.
 * (Twin: ok_length_set.c)
 */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD MossUnload;

static HANDLE MossHandle;
static const NPIID MossNpiId = { 0x9930c6bb, 0x91ca, 0x4688, { 0x88, 0x56, 0x64, 0x43, 0xf9, 0xab, 0x15, 0x8f } };
static const NPI_MODULEID MossModuleId = {
    sizeof(NPI_MODULEID), MIT_GUID, { { 0xd90fe517, 0x87f5, 0x4630, { 0x8d, 0x23, 0x3b, 0xb8, 0x42, 0xaa, 0x2e, 0x57 } } }
};
static const ULONG MossDispatch = 4;
static struct { PVOID Context; const VOID *Dispatch; } MossPeer;

static NTSTATUS NTAPI MossAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &MossPeer, &MossDispatch, &MossPeer.Context, &MossPeer.Dispatch);
}

static NTSTATUS NTAPI MossDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    MossPeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static NPI_CLIENT_CHARACTERISTICS MossClient = {
    .ClientAttachProvider = MossAttach,
    .ClientDetachProvider = MossDetach,
    .ClientRegistrationInstance.Size = sizeof(NPI_REGISTRATION_INSTANCE),
    .ClientRegistrationInstance.NpiId = &MossNpiId,
    .ClientRegistrationInstance.ModuleId = &MossModuleId,
};

VOID NTAPI MossUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterClient(MossHandle) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(MossHandle);
    }
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);
    Status = NmrRegisterClient(&MossClient, NULL, &MossHandle); // EXPECT: nmr-bad-characteristics
    if (NT_SUCCESS(Status)) {
        DriverObject->DriverUnload = MossUnload;
    }
    return Status;
}
