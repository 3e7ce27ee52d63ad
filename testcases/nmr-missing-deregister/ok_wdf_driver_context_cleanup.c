/* Good: the driver object's context cleanup ends the provider; the framework runs it when DriverEntry fails as well. */
#include <ntddk.h>
#include <wdf.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
EVT_WDF_OBJECT_CONTEXT_CLEANUP KuduDriverCleanup;
EVT_WDF_DRIVER_UNLOAD KuduDriverUnload;

static const NPIID KuduNpiId = { 0xbaf37ca9, 0x0295, 0x489c, { 0xe3, 0x2c, 0x99, 0x01, 0x9e, 0xdd, 0xb3, 0x27 } };
static const NPI_MODULEID KuduModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x778465a3, 0xb01f, 0x40ae, { 0x82, 0xd9, 0x09, 0x6e, 0x4a, 0x58, 0xbb, 0x32 } } } };
static const ULONG KuduDispatch[2] = { 8, 1 };
static volatile LONG KuduClients;

static NTSTATUS NTAPI KuduAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext, const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    InterlockedIncrement(&KuduClients);
    *ProviderBindingContext = (PVOID)&KuduClients;
    *ProviderDispatch = KuduDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI KuduDetachClient(PVOID ProviderBindingContext)
{
    InterlockedDecrement((volatile LONG *)ProviderBindingContext);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS KuduProvider = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), KuduAttachClient, KuduDetachClient, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &KuduNpiId, &KuduModuleId, 0, NULL }
};

static HANDLE KuduHandle;

VOID NTAPI KuduDriverUnload(WDFDRIVER Driver)
{
    UNREFERENCED_PARAMETER(Driver);
}

VOID NTAPI KuduDriverCleanup(WDFOBJECT Object)
{
    UNREFERENCED_PARAMETER(Object);
    if (KuduHandle != NULL) {
        if (NmrDeregisterProvider(KuduHandle) == STATUS_PENDING) {
            NmrWaitForProviderDeregisterComplete(KuduHandle);
        }
        KuduHandle = NULL;
    }
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    WDF_OBJECT_ATTRIBUTES Attributes;
    WDF_DRIVER_CONFIG Config;
    NTSTATUS Status;

    WDF_DRIVER_CONFIG_INIT(&Config, WDF_NO_EVENT_CALLBACK);
    Config.DriverInitFlags |= WdfDriverInitNonPnpDriver;
    Config.EvtDriverUnload = KuduDriverUnload;
    WDF_OBJECT_ATTRIBUTES_INIT(&Attributes);
    Attributes.EvtCleanupCallback = KuduDriverCleanup;
    Status = WdfDriverCreate(DriverObject, RegistryPath, &Attributes, &Config, WDF_NO_HANDLE);
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    Status = NmrRegisterProvider(&KuduProvider, NULL, &KuduHandle);
    if (!NT_SUCCESS(Status)) {
        KuduHandle = NULL;
        return Status;
    }
    return STATUS_SUCCESS;
}
