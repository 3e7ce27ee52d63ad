/*
 * Good: only a table that requests read is put into the pageable section; the module ID is in a resident one.
 * (Twin: bad_declspec_allocate.c)
 */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD TansyUnload;

#pragma section("PAGETBL", read, write)
#pragma section("NPGTBL", read, write)

__declspec(allocate("PAGETBL")) static ULONG TansyTable[3] = { 10, 20, 30 };

static const NPIID TansyNpiId = { 0xd63638d8, 0x3202, 0x4408, { 0x8a, 0x34, 0x55, 0x96, 0xbb, 0xe0, 0x88, 0xfb } };
__declspec(allocate("NPGTBL")) static NPI_MODULEID TansyModuleId = {
    sizeof(NPI_MODULEID), MIT_GUID, { { 0x6bdfdaf2, 0xf769, 0x4ebe, { 0x80, 0x92, 0xa9, 0x0a, 0xd4, 0x46, 0x2b, 0x89 } } }
};

static struct { PVOID Context; const VOID *Dispatch; } TansyPeer;
static const ULONG TansyDispatch = 1;

static NTSTATUS NTAPI TansyAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &TansyPeer, &TansyDispatch, &TansyPeer.Context, &TansyPeer.Dispatch);
}

static NTSTATUS NTAPI TansyDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    TansyPeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static NPI_CLIENT_CHARACTERISTICS TansyClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), TansyAttach, TansyDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &TansyNpiId, &TansyModuleId, 0, NULL }
};
static HANDLE TansyHandle;

VOID NTAPI TansyUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterClient(TansyHandle) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(TansyHandle);
    }
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS Status;

    TansyModuleId.Guid.Data2 = (USHORT)TansyTable[RegistryPath->Length % 3];
    Status = NmrRegisterClient(&TansyClient, NULL, &TansyHandle);
    if (NT_SUCCESS(Status)) {
        DriverObject->DriverUnload = TansyUnload;
    }
    return Status;
}
