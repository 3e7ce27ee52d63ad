/*
 * Defect: EvtDeviceAdd passes a settings structure of its own frame as context; the handle lies in the device context
 * and is ended in the cleanup callback.
 */
#include <ntddk.h>
#include <wdf.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
EVT_WDF_DRIVER_DEVICE_ADD CurlewDeviceAdd;
EVT_WDF_OBJECT_CONTEXT_CLEANUP CurlewDeviceCleanup;

typedef struct _CURLEW_SETTINGS {
    ULONG Depth;
    BOOLEAN Strict;
} CURLEW_SETTINGS, *PCURLEW_SETTINGS;

typedef struct _CURLEW_DEVICE {
    HANDLE Nmr;
    CURLEW_SETTINGS Settings;
} CURLEW_DEVICE, *PCURLEW_DEVICE;

WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(CURLEW_DEVICE, CurlewGetDevice)

static const NPIID CurlewNpiId = { 0xd904e12f, 0x8994, 0x4cb3, { 0x88, 0x3f, 0xb6, 0x02, 0xd6, 0xcd, 0x25, 0x27 } };
static const NPI_MODULEID CurlewModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x4497366e, 0x4199, 0x4dda, { 0x6f, 0xf5, 0x7d, 0x8c, 0xe6, 0xbc, 0x88, 0x14 } } } };

static const ULONG CurlewDispatch = 1;
static struct { PVOID Context; const VOID *Dispatch; } CurlewPeer;

static NTSTATUS NTAPI CurlewAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    PCURLEW_SETTINGS Settings = ClientContext;

    if (Settings->Strict && ProviderRegistrationInstance->Number != 1) {
        return STATUS_NOINTERFACE;
    }
    return NmrClientAttachProvider(NmrBindingHandle, &CurlewPeer, &CurlewDispatch, &CurlewPeer.Context, &CurlewPeer.Dispatch);
}

static NTSTATUS NTAPI CurlewDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    CurlewPeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS CurlewClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), CurlewAttach, CurlewDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &CurlewNpiId, &CurlewModuleId, 0, NULL }
};

VOID NTAPI CurlewDeviceCleanup(WDFOBJECT Object)
{
    PCURLEW_DEVICE Device = CurlewGetDevice(Object);

    if (Device->Nmr != NULL) {
        if (NmrDeregisterClient(Device->Nmr) == STATUS_PENDING) {
            NmrWaitForClientDeregisterComplete(Device->Nmr);
        }
        Device->Nmr = NULL;
    }
}

NTSTATUS NTAPI CurlewDeviceAdd(WDFDRIVER Driver, PWDFDEVICE_INIT DeviceInit)
{
    WDF_OBJECT_ATTRIBUTES Attributes;
    CURLEW_SETTINGS Settings;
    PCURLEW_DEVICE Context;
    WDFDEVICE Device;
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(Driver);
    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&Attributes, CURLEW_DEVICE);
    Attributes.EvtCleanupCallback = CurlewDeviceCleanup;
    Status = WdfDeviceCreate(&DeviceInit, &Attributes, &Device);
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    Context = CurlewGetDevice(Device);
    Settings.Depth = 16;
    Settings.Strict = TRUE;
    Context->Settings = Settings;
    Status = NmrRegisterClient(&CurlewClient, &Settings, &Context->Nmr); // EXPECT: nmr-stack-context
    if (!NT_SUCCESS(Status)) {
        Context->Nmr = NULL;
    }
    return Status;
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    WDF_DRIVER_CONFIG Config;

    WDF_DRIVER_CONFIG_INIT(&Config, CurlewDeviceAdd);
    return WdfDriverCreate(DriverObject, RegistryPath, WDF_NO_OBJECT_ATTRIBUTES, &Config, WDF_NO_HANDLE);
}
