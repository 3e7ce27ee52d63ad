/* Defect: the context is the buffer of a framework memory object from paged pool. */
#include <ntddk.h>
#include <wdf.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
EVT_WDF_DRIVER_UNLOAD CelloUnload;

static const NPIID CelloNpiId = { 0x1a1f249a, 0xb617, 0x41a2, { 0x47, 0x0c, 0x19, 0xba, 0x81, 0x24, 0x73, 0xb0 } };
static const NPI_MODULEID CelloModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x65649948, 0x1fd1, 0x4711, { 0x33, 0xb7, 0x54, 0xbf, 0x2a, 0xbc, 0x61, 0x04 } } } };
static const ULONG CelloDispatch = 1;
static struct { PVOID Context; const VOID *Dispatch; } CelloPeer;

static NTSTATUS NTAPI CelloAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &CelloPeer, &CelloDispatch, &CelloPeer.Context, &CelloPeer.Dispatch);
}

static NTSTATUS NTAPI CelloDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    CelloPeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS CelloClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), CelloAttach, CelloDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &CelloNpiId, &CelloModuleId, 0, NULL }
};

static WDFMEMORY CelloMemory;
static HANDLE CelloHandle;

VOID NTAPI CelloUnload(WDFDRIVER Driver)
{
    UNREFERENCED_PARAMETER(Driver);
    if (NmrDeregisterClient(CelloHandle) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(CelloHandle);
    }
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    WDF_DRIVER_CONFIG Config;
    PVOID Buffer;
    NTSTATUS Status;

    WDF_DRIVER_CONFIG_INIT(&Config, WDF_NO_EVENT_CALLBACK);
    Config.DriverInitFlags |= WdfDriverInitNonPnpDriver;
    Config.EvtDriverUnload = CelloUnload;
    Status = WdfDriverCreate(DriverObject, RegistryPath, WDF_NO_OBJECT_ATTRIBUTES, &Config, WDF_NO_HANDLE);
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    Status = WdfMemoryCreate(WDF_NO_OBJECT_ATTRIBUTES, PagedPool, 'lleC', 128, &CelloMemory, &Buffer);
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    RtlZeroMemory(Buffer, 128);
    return NmrRegisterClient(&CelloClient, Buffer, &CelloHandle); // EXPECT: nmr-nonresident-memory
}
