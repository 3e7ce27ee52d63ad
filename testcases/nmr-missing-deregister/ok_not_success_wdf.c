/* Failures are tested with "!= STATUS_SUCCESS". */
/*
 * A non-PnP framework driver. Good: EvtDriverUnload ends the registration, and so does DriverEntry when it fails.
 */
#include <ntddk.h>
#include <wdf.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
EVT_WDF_DRIVER_UNLOAD AvocetEvtUnload;

static HANDLE AvocetHandle;
static const NPIID AvocetNpiId = { 0xfb916082, 0xdc2d, 0x4404, { 0x80, 0x38, 0xcb, 0xb2, 0xb2, 0x67, 0x21, 0xf9 } };
static const NPI_MODULEID AvocetModuleId = {
    sizeof(NPI_MODULEID), MIT_GUID, { { 0x68e14525, 0x037b, 0x4349, { 0x81, 0x85, 0x49, 0xb6, 0x56, 0xa9, 0xb2, 0xb0 } } }
};
static const ULONG AvocetDispatch = 3;
static volatile LONG AvocetClients;

static NTSTATUS NTAPI AvocetAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext, const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    InterlockedIncrement(&AvocetClients);
    *ProviderBindingContext = (PVOID)&AvocetClients;
    *ProviderDispatch = &AvocetDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI AvocetDetachClient(PVOID ProviderBindingContext)
{
    InterlockedDecrement((volatile LONG *)ProviderBindingContext);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS AvocetProvider = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), AvocetAttachClient, AvocetDetachClient, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &AvocetNpiId, &AvocetModuleId, 0, NULL }
};

static VOID AvocetEnd(VOID)
{
    NTSTATUS Status = NmrDeregisterProvider(AvocetHandle);

    if (Status == STATUS_PENDING) {
        NmrWaitForProviderDeregisterComplete(AvocetHandle);
    }
}

VOID AvocetEvtUnload(WDFDRIVER Driver)
{
    UNREFERENCED_PARAMETER(Driver);
    AvocetEnd();
}

static NTSTATUS AvocetCreateControlDevice(WDFDRIVER Driver)
{
    PWDFDEVICE_INIT Init;
    WDFDEVICE Device;
    NTSTATUS Status;

    Init = WdfControlDeviceInitAllocate(Driver, &SDDL_DEVOBJ_SYS_ALL_ADM_ALL);
    if (Init == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    Status = WdfDeviceCreate(&Init, WDF_NO_OBJECT_ATTRIBUTES, &Device);
    if (Status != STATUS_SUCCESS) {
        WdfDeviceInitFree(Init);
        return Status;
    }
    WdfControlFinishInitializing(Device);
    return STATUS_SUCCESS;
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    WDF_DRIVER_CONFIG Config;
    WDFDRIVER Driver;
    NTSTATUS Status;

    WDF_DRIVER_CONFIG_INIT(&Config, WDF_NO_EVENT_CALLBACK);
    Config.DriverInitFlags |= WdfDriverInitNonPnpDriver;
    Config.EvtDriverUnload = AvocetEvtUnload;

    Status = WdfDriverCreate(DriverObject, RegistryPath, WDF_NO_OBJECT_ATTRIBUTES, &Config, &Driver);
    if (Status != STATUS_SUCCESS) {
        return Status;
    }

    Status = NmrRegisterProvider(&AvocetProvider, NULL, &AvocetHandle);
    if (Status != STATUS_SUCCESS) {
        return Status;
    }

    Status = AvocetCreateControlDevice(Driver);
    if (Status != STATUS_SUCCESS) {
        AvocetEnd();
    }
    return Status;
}
