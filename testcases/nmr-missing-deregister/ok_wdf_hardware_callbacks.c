/* Good: registered when the device's hardware is prepared, ended when it is released. */
#include <ntddk.h>
#include <wdf.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
EVT_WDF_DRIVER_DEVICE_ADD AmberDeviceAdd;
EVT_WDF_DEVICE_PREPARE_HARDWARE AmberPrepare;
EVT_WDF_DEVICE_RELEASE_HARDWARE AmberRelease;

typedef struct _AMBER_DEVICE {
    HANDLE Nmr;
} AMBER_DEVICE, *PAMBER_DEVICE;

WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(AMBER_DEVICE, AmberGetDevice)

static const NPIID AmberNpiId = { 0x88068e33, 0xc78e, 0x4b72, { 0x1b, 0x37, 0x1c, 0x71, 0x10, 0x84, 0x60, 0x85 } };
static const NPI_MODULEID AmberModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x2ec8e5fa, 0xc49b, 0x4759, { 0x23, 0x80, 0xbb, 0xb6, 0x68, 0x97, 0x8a, 0x51 } } } };
static const ULONG AmberDispatch = 1;
static struct { PVOID Context; const VOID *Dispatch; } AmberPeer;

static NTSTATUS NTAPI AmberAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &AmberPeer, &AmberDispatch, &AmberPeer.Context, &AmberPeer.Dispatch);
}

static NTSTATUS NTAPI AmberDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    AmberPeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS AmberClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), AmberAttach, AmberDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &AmberNpiId, &AmberModuleId, 0, NULL }
};

NTSTATUS NTAPI AmberPrepare(WDFDEVICE Device, WDFCMRESLIST Raw, WDFCMRESLIST Translated)
{
    PAMBER_DEVICE Context = AmberGetDevice(Device);
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(Raw);
    UNREFERENCED_PARAMETER(Translated);
    Status = NmrRegisterClient(&AmberClient, NULL, &Context->Nmr);
    if (!NT_SUCCESS(Status)) {
        Context->Nmr = NULL;
    }
    return Status;
}

NTSTATUS NTAPI AmberRelease(WDFDEVICE Device, WDFCMRESLIST Translated)
{
    PAMBER_DEVICE Context = AmberGetDevice(Device);

    UNREFERENCED_PARAMETER(Translated);
    if (Context->Nmr != NULL) {
        if (NmrDeregisterClient(Context->Nmr) == STATUS_PENDING) {
            NmrWaitForClientDeregisterComplete(Context->Nmr);
        }
        Context->Nmr = NULL;
    }
    return STATUS_SUCCESS;
}

NTSTATUS NTAPI AmberDeviceAdd(WDFDRIVER Driver, PWDFDEVICE_INIT DeviceInit)
{
    WDF_PNPPOWER_EVENT_CALLBACKS Callbacks;
    WDF_OBJECT_ATTRIBUTES Attributes;
    WDFDEVICE Device;

    UNREFERENCED_PARAMETER(Driver);
    WDF_PNPPOWER_EVENT_CALLBACKS_INIT(&Callbacks);
    Callbacks.EvtDevicePrepareHardware = AmberPrepare;
    Callbacks.EvtDeviceReleaseHardware = AmberRelease;
    WdfDeviceInitSetPnpPowerEventCallbacks(DeviceInit, &Callbacks);
    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&Attributes, AMBER_DEVICE);
    return WdfDeviceCreate(&DeviceInit, &Attributes, &Device);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    WDF_DRIVER_CONFIG Config;

    WDF_DRIVER_CONFIG_INIT(&Config, AmberDeviceAdd);
    return WdfDriverCreate(DriverObject, RegistryPath, WDF_NO_OBJECT_ATTRIBUTES, &Config, WDF_NO_HANDLE);
}
