/*
 * Defect: the characteristics are global, but the module ID that they point at is a local of DriverEntry.
 * (Twin: ok_moduleid_static.c)
 */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD GullUnload;

static HANDLE GullHandle;
static NPI_CLIENT_CHARACTERISTICS GullClient;
static const NPIID GullNpiId = { 0xf6e160ff, 0x50aa, 0x458d, { 0x82, 0xd7, 0x83, 0xd6, 0x76, 0xde, 0x2f, 0x4b } };
static const NPI_MODULEID GullModuleId = {
    sizeof(NPI_MODULEID), MIT_GUID, { { 0x510a2142, 0xc59b, 0x4c20, { 0x82, 0xf4, 0xc1, 0x3f, 0xab, 0xac, 0x78, 0xee } } }
};
static const ULONG GullDispatch = 5;
static struct { PVOID Context; const VOID *Dispatch; } GullPeer;

static NTSTATUS NTAPI GullAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &GullPeer, &GullDispatch, &GullPeer.Context, &GullPeer.Dispatch);
}

static NTSTATUS NTAPI GullDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    GullPeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

VOID NTAPI GullUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterClient(GullHandle) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(GullHandle);
    }
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NPI_MODULEID Id = GullModuleId;
    NTSTATUS Status;

    Id.Guid.Data3 = RegistryPath->Length;

    GullClient.Length = sizeof(GullClient);
    GullClient.ClientAttachProvider = GullAttach;
    GullClient.ClientDetachProvider = GullDetach;
    GullClient.ClientRegistrationInstance.Size = sizeof(NPI_REGISTRATION_INSTANCE);
    GullClient.ClientRegistrationInstance.NpiId = &GullNpiId;
    GullClient.ClientRegistrationInstance.ModuleId = &Id;

    Status = NmrRegisterClient(&GullClient, NULL, &GullHandle); // EXPECT: nmr-stack-registration-data
    if (NT_SUCCESS(Status)) {
        DriverObject->DriverUnload = GullUnload;
    }
    return Status;
}
