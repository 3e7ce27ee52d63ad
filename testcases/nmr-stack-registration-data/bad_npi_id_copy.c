/* Defect: the NPI identifier is picked at run time into a local, whose address stays in the global characteristics. */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD TealUnload;

static const NPIID TealNpiId = { 0xe20385a2, 0xb41d, 0x4f17, { 0x3f, 0x78, 0x7e, 0xbe, 0xf1, 0x82, 0x22, 0xb8 } };
static const NPI_MODULEID TealModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x78ede103, 0xf544, 0x4317, { 0x9d, 0x07, 0xa4, 0x0b, 0x48, 0xc1, 0xdf, 0x80 } } } };
static const ULONG TealDispatch = 1;
static struct { PVOID Context; const VOID *Dispatch; } TealPeer;

static NTSTATUS NTAPI TealAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &TealPeer, &TealDispatch, &TealPeer.Context, &TealPeer.Dispatch);
}

static NTSTATUS NTAPI TealDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    TealPeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPIID TealPrivateNpiId = { 0x7ea10001, 0x0c0c, 0x4c0c, { 0x8c, 0x0c, 1, 2, 3, 4, 5, 6 } };
static NPI_CLIENT_CHARACTERISTICS TealClient;
static HANDLE TealHandle;

static VOID TealDescribe(const NPIID *NpiId)
{
    TealClient.Length = sizeof(TealClient);
    TealClient.ClientAttachProvider = TealAttach;
    TealClient.ClientDetachProvider = TealDetach;
    TealClient.ClientRegistrationInstance.Size = sizeof(TealClient.ClientRegistrationInstance);
    TealClient.ClientRegistrationInstance.NpiId = NpiId;
    TealClient.ClientRegistrationInstance.ModuleId = &TealModuleId;
}

VOID NTAPI TealUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterClient(TealHandle) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(TealHandle);
    }
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NPIID NpiId;
    NTSTATUS Status;

    NpiId = (RegistryPath->Length > 64) ? TealPrivateNpiId : TealNpiId;
    TealDescribe(&NpiId);
    Status = NmrRegisterClient(&TealClient, NULL, &TealHandle); // EXPECT: nmr-stack-registration-data
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    DriverObject->DriverUnload = TealUnload;
    return STATUS_SUCCESS;
}
