/* Defect: a framework work item that is queued at the end of start-up frees the configuration, which is the context. */
#include <ntddk.h>
#include <wdf.h>
#include <netioddk.h>

#define OPAL_TAG 'lapO'

DRIVER_INITIALIZE DriverEntry;
EVT_WDF_DRIVER_UNLOAD OpalEvtUnload;
EVT_WDF_WORKITEM OpalEvtStarted;

typedef struct _OPAL_CONFIG { ULONG Values[8]; } OPAL_CONFIG, *POPAL_CONFIG;

static HANDLE OpalHandle;
static POPAL_CONFIG OpalConfig;
static const NPIID OpalNpiId = { 0x5ae1b7f2, 0x2f0b, 0x4a53, { 0x93, 0x4e, 0x0c, 0x61, 0x7f, 0x2d, 0x8a, 0x11 } };
static const NPI_MODULEID OpalModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x1d83c0a4, 0x77be, 0x4c3e, { 0xa9, 0x05, 0x5b, 0x22, 0x90, 0xe4, 0x6f, 0x3c } } } };
static const ULONG OpalDispatch = 1;
static struct { PVOID Context; const VOID *Dispatch; } OpalPeer;

static NTSTATUS NTAPI OpalAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &OpalPeer, &OpalDispatch, &OpalPeer.Context, &OpalPeer.Dispatch);
}

static NTSTATUS NTAPI OpalDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    OpalPeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS OpalClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), OpalAttach, OpalDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &OpalNpiId, &OpalModuleId, 0, NULL }
};

VOID OpalEvtStarted(WDFWORKITEM WorkItem)
{
    UNREFERENCED_PARAMETER(WorkItem);
    DbgPrintEx(DPFLTR_IHVNETWORK_ID, DPFLTR_INFO_LEVEL, "opal: %lu\n", OpalConfig->Values[0]);
    ExFreePoolWithTag(OpalConfig, OPAL_TAG); // EXPECT: nmr-freed-while-registered
}

VOID OpalEvtUnload(WDFDRIVER Driver)
{
    UNREFERENCED_PARAMETER(Driver);
    if (NmrDeregisterClient(OpalHandle) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(OpalHandle);
    }
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    WDF_DRIVER_CONFIG Config;
    WDF_WORKITEM_CONFIG ItemConfig;
    WDF_OBJECT_ATTRIBUTES Attributes;
    WDFDRIVER Driver;
    WDFWORKITEM Item;
    NTSTATUS Status;

    WDF_DRIVER_CONFIG_INIT(&Config, WDF_NO_EVENT_CALLBACK);
    Config.DriverInitFlags = WdfDriverInitNonPnpDriver;
    Config.EvtDriverUnload = OpalEvtUnload;
    Status = WdfDriverCreate(DriverObject, RegistryPath, WDF_NO_OBJECT_ATTRIBUTES, &Config, &Driver);
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    WDF_WORKITEM_CONFIG_INIT(&ItemConfig, OpalEvtStarted);
    WDF_OBJECT_ATTRIBUTES_INIT(&Attributes);
    Attributes.ParentObject = Driver;
    Status = WdfWorkItemCreate(&ItemConfig, &Attributes, &Item);
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    OpalConfig = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*OpalConfig), OPAL_TAG);
    if (OpalConfig == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    Status = NmrRegisterClient(&OpalClient, OpalConfig, &OpalHandle);
    if (!NT_SUCCESS(Status)) {
        ExFreePoolWithTag(OpalConfig, OPAL_TAG);
        return Status;
    }
    WdfWorkItemEnqueue(Item);
    return STATUS_SUCCESS;
}
