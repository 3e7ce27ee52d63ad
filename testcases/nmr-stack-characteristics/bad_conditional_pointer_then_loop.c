/*
 * Defect: with a number from the registry the characteristics are a modified copy in the frame, otherwise the static
 * ones; both go through one register call, after a loop.
 */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD KnotUnload;

static const NPIID KnotNpiId = { 0x5218ccd3, 0x5d8a, 0x4249, { 0x2b, 0xe6, 0xc8, 0x51, 0x44, 0xa5, 0xfc, 0xd4 } };
static const NPI_MODULEID KnotModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x7e943419, 0xe455, 0x4c79, { 0xcd, 0x26, 0x11, 0x0f, 0x9b, 0x8b, 0x50, 0x62 } } } };
static const ULONG KnotDispatch = 1;
static struct { PVOID Context; const VOID *Dispatch; } KnotPeer;

static NTSTATUS NTAPI KnotAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &KnotPeer, &KnotDispatch, &KnotPeer.Context, &KnotPeer.Dispatch);
}

static NTSTATUS NTAPI KnotDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    KnotPeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS KnotClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), KnotAttach, KnotDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &KnotNpiId, &KnotModuleId, 0, NULL }
};

static HANDLE KnotHandle;

static ULONG KnotReadNumber(PUNICODE_STRING RegistryPath)
{
    RTL_QUERY_REGISTRY_TABLE Table[2];
    ULONG Number = 0;

    RtlZeroMemory(Table, sizeof(Table));
    Table[0].Flags = RTL_QUERY_REGISTRY_DIRECT;
    Table[0].Name = L"Instance";
    Table[0].EntryContext = &Number;
    if (!NT_SUCCESS(RtlQueryRegistryValues(RTL_REGISTRY_ABSOLUTE, RegistryPath->Buffer, Table, NULL, NULL))) {
        return 0;
    }
    return Number;
}

VOID NTAPI KnotUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterClient(KnotHandle) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(KnotHandle);
    }
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NPI_CLIENT_CHARACTERISTICS Modified;
    const NPI_CLIENT_CHARACTERISTICS *Chars;
    NTSTATUS Status;
    ULONG Number = KnotReadNumber(RegistryPath);

    if (Number != 0) {
        Modified = KnotClient;
        Modified.ClientRegistrationInstance.Number = Number;
        Chars = &Modified;
    } else {
        Chars = &KnotClient;
    }
    for (Status = 0; Status < RegistryPath->Length; Status += 1) {
        DbgPrintEx(DPFLTR_IHVNETWORK_ID, DPFLTR_TRACE_LEVEL, "%wc", RegistryPath->Buffer[Status / 2]);
    }
    Status = NmrRegisterClient(Chars, NULL, &KnotHandle); // EXPECT: nmr-stack-characteristics
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    DriverObject->DriverUnload = KnotUnload;
    return STATUS_SUCCESS;
}
