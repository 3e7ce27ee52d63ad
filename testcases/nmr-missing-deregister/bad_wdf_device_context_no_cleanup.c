/* Defect: each device registers into its context; no cleanup callback ends it when the device goes. */
#include <ntddk.h>
#include <wdf.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
EVT_WDF_DRIVER_DEVICE_ADD CoralDeviceAdd;
EVT_WDF_DRIVER_UNLOAD CoralUnload;

typedef struct _CORAL_DEVICE {
    HANDLE Nmr;
    ULONG Number;
} CORAL_DEVICE, *PCORAL_DEVICE;

WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(CORAL_DEVICE, CoralGetDevice)

static const NPIID CoralNpiId = { 0x61db47da, 0xc8ae, 0x4fe0, { 0xfc, 0x67, 0xee, 0x1b, 0x65, 0xec, 0xd8, 0xf6 } };
static const NPI_MODULEID CoralModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x59f8d65c, 0xbca6, 0x4336, { 0x3e, 0x29, 0x2e, 0x7a, 0x33, 0x4c, 0x01, 0x93 } } } };
static const ULONG CoralDispatch = 1;
static struct { PVOID Context; const VOID *Dispatch; } CoralPeer;

static NTSTATUS NTAPI CoralAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &CoralPeer, &CoralDispatch, &CoralPeer.Context, &CoralPeer.Dispatch);
}

static NTSTATUS NTAPI CoralDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    CoralPeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS CoralClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), CoralAttach, CoralDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &CoralNpiId, &CoralModuleId, 0, NULL }
};

VOID NTAPI CoralUnload(WDFDRIVER Driver)
{
    UNREFERENCED_PARAMETER(Driver);
    DbgPrintEx(DPFLTR_IHVNETWORK_ID, DPFLTR_INFO_LEVEL, "coral: gone\n");
}

NTSTATUS NTAPI CoralDeviceAdd(WDFDRIVER Driver, PWDFDEVICE_INIT DeviceInit)
{
    WDF_OBJECT_ATTRIBUTES Attributes;
    PCORAL_DEVICE Context;
    WDFDEVICE Device;
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(Driver);
    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&Attributes, CORAL_DEVICE);
    Status = WdfDeviceCreate(&DeviceInit, &Attributes, &Device);
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    Context = CoralGetDevice(Device);
    Context->Number = 1;
    Status = NmrRegisterClient(&CoralClient, NULL, &Context->Nmr); // EXPECT: nmr-missing-deregister
    if (!NT_SUCCESS(Status)) {
        Context->Nmr = NULL;
    }
    return Status;
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    WDF_DRIVER_CONFIG Config;

    WDF_DRIVER_CONFIG_INIT(&Config, CoralDeviceAdd);
    Config.EvtDriverUnload = CoralUnload;
    return WdfDriverCreate(DriverObject, RegistryPath, WDF_NO_OBJECT_ATTRIBUTES, &Config, WDF_NO_HANDLE);
}
