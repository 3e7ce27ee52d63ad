/* Defect: the context is a framework memory object's buffer; unload deletes the object first. */
#include <ntddk.h>
#include <wdf.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
EVT_WDF_DRIVER_UNLOAD OboeUnload;

static const NPIID OboeNpiId = { 0x3f3bbc66, 0xfdf2, 0x4fff, { 0xa6, 0x42, 0xcf, 0xde, 0x24, 0x2e, 0x15, 0xb9 } };
static const NPI_MODULEID OboeModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0xcd9165c2, 0xb609, 0x4304, { 0xc3, 0xcd, 0x91, 0xff, 0x54, 0xf6, 0xcb, 0xf1 } } } };
static const ULONG OboeDispatch = 1;
static struct { PVOID Context; const VOID *Dispatch; } OboePeer;

static NTSTATUS NTAPI OboeAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &OboePeer, &OboeDispatch, &OboePeer.Context, &OboePeer.Dispatch);
}

static NTSTATUS NTAPI OboeDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    OboePeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS OboeClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), OboeAttach, OboeDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &OboeNpiId, &OboeModuleId, 0, NULL }
};

static WDFMEMORY OboeMemory;
static HANDLE OboeHandle;

VOID NTAPI OboeUnload(WDFDRIVER Driver)
{
    UNREFERENCED_PARAMETER(Driver);
    WdfObjectDelete(OboeMemory); // KNOWN-GAP: nmr-freed-while-registered
    if (NmrDeregisterClient(OboeHandle) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(OboeHandle);
    }
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    WDF_DRIVER_CONFIG Config;
    PVOID Buffer;
    NTSTATUS Status;

    WDF_DRIVER_CONFIG_INIT(&Config, WDF_NO_EVENT_CALLBACK);
    Config.DriverInitFlags |= WdfDriverInitNonPnpDriver;
    Config.EvtDriverUnload = OboeUnload;
    Status = WdfDriverCreate(DriverObject, RegistryPath, WDF_NO_OBJECT_ATTRIBUTES, &Config, WDF_NO_HANDLE);
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    Status = WdfMemoryCreate(WDF_NO_OBJECT_ATTRIBUTES, NonPagedPoolNx, 'eobO', 128, &OboeMemory, &Buffer);
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    RtlZeroMemory(Buffer, 128);
    return NmrRegisterClient(&OboeClient, Buffer, &OboeHandle);
}
