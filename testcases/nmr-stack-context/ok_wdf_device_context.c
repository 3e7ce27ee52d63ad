/* Good: the context is the WDF device's own context space; the device's cleanup callback ends the registration. */
#include <ntddk.h>
#include <wdf.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
EVT_WDF_DRIVER_DEVICE_ADD GodwitDeviceAdd;
EVT_WDF_OBJECT_CONTEXT_CLEANUP GodwitDeviceCleanup;

typedef struct _GODWIT_DEVICE {
    HANDLE Nmr;
    LONG Clients;
} GODWIT_DEVICE, *PGODWIT_DEVICE;

WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(GODWIT_DEVICE, GodwitGetDevice)

static const NPIID GodwitNpiId = { 0xc4b6855e, 0x65f4, 0x4b7b, { 0x10, 0xf0, 0xae, 0x5e, 0xd7, 0xe7, 0x2a, 0x3c } };
static const NPI_MODULEID GodwitModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x335e7db5, 0x24dc, 0x4133, { 0x9f, 0xc1, 0xf8, 0xf4, 0x2d, 0x7e, 0xeb, 0xb4 } } } };

static const ULONG GodwitDispatch = 1;

static NTSTATUS NTAPI GodwitAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext, const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    PGODWIT_DEVICE Device = ProviderContext;

    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    InterlockedIncrement(&Device->Clients);
    *ProviderBindingContext = Device;
    *ProviderDispatch = &GodwitDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI GodwitDetachClient(PVOID ProviderBindingContext)
{
    InterlockedDecrement(&((PGODWIT_DEVICE)ProviderBindingContext)->Clients);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS GodwitProvider = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), GodwitAttachClient, GodwitDetachClient, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &GodwitNpiId, &GodwitModuleId, 0, NULL }
};

VOID NTAPI GodwitDeviceCleanup(WDFOBJECT Object)
{
    PGODWIT_DEVICE Device = GodwitGetDevice(Object);

    if (Device->Nmr != NULL) {
        if (NmrDeregisterProvider(Device->Nmr) == STATUS_PENDING) {
            NmrWaitForProviderDeregisterComplete(Device->Nmr);
        }
        Device->Nmr = NULL;
    }
}

NTSTATUS NTAPI GodwitDeviceAdd(WDFDRIVER Driver, PWDFDEVICE_INIT DeviceInit)
{
    WDF_OBJECT_ATTRIBUTES Attributes;
    PGODWIT_DEVICE Context;
    WDFDEVICE Device;
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(Driver);
    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&Attributes, GODWIT_DEVICE);
    Attributes.EvtCleanupCallback = GodwitDeviceCleanup;
    Status = WdfDeviceCreate(&DeviceInit, &Attributes, &Device);
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    Context = GodwitGetDevice(Device);
    Status = NmrRegisterProvider(&GodwitProvider, Context, &Context->Nmr);
    if (!NT_SUCCESS(Status)) {
        Context->Nmr = NULL;
    }
    return Status;
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    WDF_DRIVER_CONFIG Config;

    WDF_DRIVER_CONFIG_INIT(&Config, GodwitDeviceAdd);
    return WdfDriverCreate(DriverObject, RegistryPath, WDF_NO_OBJECT_ATTRIBUTES, &Config, WDF_NO_HANDLE);
}
