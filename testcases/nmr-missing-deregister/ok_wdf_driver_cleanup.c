/*
 * A framework driver. Good: the cleanup callback of the driver object ends the registration.
 * (Twin: bad_wdf_unload_empty.c)
 */
#include <ntddk.h>
#include <wdf.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
EVT_WDF_DRIVER_DEVICE_ADD MalachiteDeviceAdd;
EVT_WDF_OBJECT_CONTEXT_CLEANUP MalachiteCleanup;

static HANDLE MalachiteHandle;
static const NPIID MalachiteNpiId = { 0xfa947bab, 0x263f, 0x474f, { 0x87, 0x26, 0x26, 0x38, 0xc6, 0x19, 0xa2, 0xf1 } };
static const NPI_MODULEID MalachiteModuleId = {
    sizeof(NPI_MODULEID), MIT_GUID, { { 0x5df8f3d0, 0xb050, 0x4ced, { 0x8d, 0x59, 0x5e, 0x5e, 0xff, 0x79, 0x89, 0x0e } } }
};
static const ULONG MalachiteDispatch = 9;
static struct { PVOID Context; const VOID *Dispatch; } MalachitePeer;

static NTSTATUS NTAPI MalachiteAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &MalachitePeer, &MalachiteDispatch, &MalachitePeer.Context, &MalachitePeer.Dispatch);
}

static NTSTATUS NTAPI MalachiteDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    MalachitePeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS MalachiteClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), MalachiteAttach, MalachiteDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &MalachiteNpiId, &MalachiteModuleId, 0, NULL }
};

NTSTATUS MalachiteDeviceAdd(WDFDRIVER Driver, PWDFDEVICE_INIT DeviceInit)
{
    WDFDEVICE Device;

    UNREFERENCED_PARAMETER(Driver);
    return WdfDeviceCreate(&DeviceInit, WDF_NO_OBJECT_ATTRIBUTES, &Device);
}

VOID MalachiteCleanup(WDFOBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (MalachiteHandle != NULL) {
        if (NmrDeregisterClient(MalachiteHandle) == STATUS_PENDING) {
            NmrWaitForClientDeregisterComplete(MalachiteHandle);
        }
        MalachiteHandle = NULL;
    }
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    WDF_DRIVER_CONFIG Config;
    WDF_OBJECT_ATTRIBUTES Attributes;
    NTSTATUS Status;

    WDF_DRIVER_CONFIG_INIT(&Config, MalachiteDeviceAdd);
    WDF_OBJECT_ATTRIBUTES_INIT(&Attributes);
    Attributes.EvtCleanupCallback = MalachiteCleanup;
    Status = WdfDriverCreate(DriverObject, RegistryPath, &Attributes, &Config, WDF_NO_HANDLE);
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    Status = NmrRegisterClient(&MalachiteClient, NULL, &MalachiteHandle);
    if (!NT_SUCCESS(Status)) {
        MalachiteHandle = NULL;
    }
    return Status;
}
