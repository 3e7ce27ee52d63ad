/* Defect: a configuration bit skips the client; unload's guard asks for the device instead. */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD SalsaUnload;

static const NPIID SalsaNpiId = { 0x4acee05f, 0xce84, 0x410c, { 0x1f, 0x30, 0x37, 0xb2, 0x94, 0x70, 0x9c, 0xc1 } };
static const NPI_MODULEID SalsaModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0xe572c136, 0x7875, 0x4644, { 0x34, 0xac, 0x09, 0x19, 0x31, 0x3e, 0x47, 0xe2 } } } };
static const ULONG SalsaDispatch = 1;
static struct { PVOID Context; const VOID *Dispatch; } SalsaPeer;

static NTSTATUS NTAPI SalsaAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &SalsaPeer, &SalsaDispatch, &SalsaPeer.Context, &SalsaPeer.Dispatch);
}

static NTSTATUS NTAPI SalsaDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    SalsaPeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS SalsaClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), SalsaAttach, SalsaDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &SalsaNpiId, &SalsaModuleId, 0, NULL }
};

static struct {
    PDEVICE_OBJECT Device;
    HANDLE Client;
    ULONG Options;
} Salsa;

static ULONG SalsaReadOptions(PUNICODE_STRING RegistryPath)
{
    RTL_QUERY_REGISTRY_TABLE Table[2];
    ULONG Options = 0;

    RtlZeroMemory(Table, sizeof(Table));
    Table[0].Flags = RTL_QUERY_REGISTRY_DIRECT;
    Table[0].Name = L"Options";
    Table[0].EntryContext = &Options;
    if (!NT_SUCCESS(RtlQueryRegistryValues(RTL_REGISTRY_ABSOLUTE, RegistryPath->Buffer, Table, NULL, NULL))) {
        return 0;
    }
    return Options;
}

VOID NTAPI SalsaUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (Salsa.Device != NULL) {
        if (NmrDeregisterClient(Salsa.Client) == STATUS_PENDING) { // EXPECT: nmr-invalid-handle
            NmrWaitForClientDeregisterComplete(Salsa.Client);
        }
        IoDeleteDevice(Salsa.Device);
    }
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS Status;

    Salsa.Options = SalsaReadOptions(RegistryPath);
    Status = IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_NETWORK, 0, FALSE, &Salsa.Device);
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    if (Salsa.Options & 4) {
        Status = NmrRegisterClient(&SalsaClient, NULL, &Salsa.Client);
        if (!NT_SUCCESS(Status)) {
            IoDeleteDevice(Salsa.Device);
            return Status;
        }
    }
    DriverObject->DriverUnload = SalsaUnload;
    return STATUS_SUCCESS;
}
