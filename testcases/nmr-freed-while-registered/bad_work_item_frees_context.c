/* Defect: a work item that is queued at the end of start-up frees the configuration, which is the context. */
#include <ntddk.h>
#include <netioddk.h>

#define ONYX_TAG 'xynO'

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD OnyxUnload;
IO_WORKITEM_ROUTINE OnyxStarted;

static const NPIID OnyxNpiId = { 0xa92f2418, 0xfb7a, 0x4402, { 0x79, 0xff, 0xa1, 0x12, 0x7f, 0x6b, 0xc4, 0x08 } };
static const NPI_MODULEID OnyxModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0xa5b6130f, 0x8cc8, 0x4a7e, { 0x91, 0x82, 0x7f, 0x1f, 0x42, 0x7e, 0xf0, 0xc6 } } } };
static const ULONG OnyxDispatch = 1;
static struct { PVOID Context; const VOID *Dispatch; } OnyxPeer;

static NTSTATUS NTAPI OnyxAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &OnyxPeer, &OnyxDispatch, &OnyxPeer.Context, &OnyxPeer.Dispatch);
}

static NTSTATUS NTAPI OnyxDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    OnyxPeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS OnyxClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), OnyxAttach, OnyxDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &OnyxNpiId, &OnyxModuleId, 0, NULL }
};

typedef struct _ONYX_CONFIG { ULONG Values[8]; } ONYX_CONFIG, *PONYX_CONFIG;

static HANDLE OnyxHandle;
static PONYX_CONFIG OnyxConfig;
static PIO_WORKITEM OnyxItem;
static PDEVICE_OBJECT OnyxDevice;

VOID NTAPI OnyxStarted(PDEVICE_OBJECT DeviceObject, PVOID Context)
{
    PONYX_CONFIG Config = Context;

    UNREFERENCED_PARAMETER(DeviceObject);
    DbgPrintEx(DPFLTR_IHVNETWORK_ID, DPFLTR_INFO_LEVEL, "onyx: %lu\n", Config->Values[0]);
    ExFreePoolWithTag(Config, ONYX_TAG); // EXPECT: nmr-freed-while-registered
}

VOID NTAPI OnyxUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterClient(OnyxHandle) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(OnyxHandle);
    }
    IoFreeWorkItem(OnyxItem);
    IoDeleteDevice(OnyxDevice);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);
    Status = IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_NETWORK, 0, FALSE, &OnyxDevice);
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    OnyxItem = IoAllocateWorkItem(OnyxDevice);
    OnyxConfig = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*OnyxConfig), ONYX_TAG);
    if (OnyxItem == NULL || OnyxConfig == NULL) {
        Status = STATUS_INSUFFICIENT_RESOURCES;
        goto Fail;
    }
    Status = NmrRegisterClient(&OnyxClient, OnyxConfig, &OnyxHandle);
    if (!NT_SUCCESS(Status)) {
        goto Fail;
    }
    IoQueueWorkItem(OnyxItem, OnyxStarted, DelayedWorkQueue, OnyxConfig);
    DriverObject->DriverUnload = OnyxUnload;
    return STATUS_SUCCESS;

Fail:
    if (OnyxConfig != NULL) {
        ExFreePoolWithTag(OnyxConfig, ONYX_TAG);
    }
    if (OnyxItem != NULL) {
        IoFreeWorkItem(OnyxItem);
    }
    IoDeleteDevice(OnyxDevice);
    return Status;
}
