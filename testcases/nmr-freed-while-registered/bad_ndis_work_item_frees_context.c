/* Defect: an NDIS work item, whose first parameter is its context, frees the configuration that the registration uses. */
#include <ndis.h>
#include <netioddk.h>

#define AGATE_TAG 'xgaA'

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD AgateUnload;
NDIS_IO_WORKITEM AgateStarted;

static const NPIID AgateNpiId = { 0xa92f2418, 0xfb7a, 0x4402, { 0x79, 0xff, 0xa1, 0x12, 0x7f, 0x6b, 0xc4, 0x08 } };
static const NPI_MODULEID AgateModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0xa5b6130f, 0x8cc8, 0x4a7e, { 0x91, 0x82, 0x7f, 0x1f, 0x42, 0x7e, 0xf0, 0xc6 } } } };
static const ULONG AgateDispatch = 1;
static struct { PVOID Context; const VOID *Dispatch; } AgatePeer;

static NTSTATUS NTAPI AgateAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &AgatePeer, &AgateDispatch, &AgatePeer.Context, &AgatePeer.Dispatch);
}

static NTSTATUS NTAPI AgateDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    AgatePeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS AgateClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), AgateAttach, AgateDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &AgateNpiId, &AgateModuleId, 0, NULL }
};

typedef struct _AGATE_CONFIG { ULONG Values[8]; } AGATE_CONFIG, *PAGATE_CONFIG;

static HANDLE AgateHandle;
static PAGATE_CONFIG AgateConfig;
static NDIS_HANDLE AgateItem;
static PDEVICE_OBJECT AgateDevice;

VOID AgateStarted(PVOID Context, NDIS_HANDLE WorkItem)
{
    PAGATE_CONFIG Config = Context;

    UNREFERENCED_PARAMETER(WorkItem);
    DbgPrintEx(DPFLTR_IHVNETWORK_ID, DPFLTR_INFO_LEVEL, "agate: %lu\n", Config->Values[0]);
    ExFreePoolWithTag(Config, AGATE_TAG); // EXPECT: nmr-freed-while-registered
}

VOID NTAPI AgateUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterClient(AgateHandle) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(AgateHandle);
    }
    NdisFreeIoWorkItem(AgateItem);
    IoDeleteDevice(AgateDevice);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);
    Status = IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_NETWORK, 0, FALSE, &AgateDevice);
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    AgateItem = NdisAllocateIoWorkItem(AgateDevice);
    AgateConfig = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*AgateConfig), AGATE_TAG);
    if (AgateItem == NULL || AgateConfig == NULL) {
        Status = STATUS_INSUFFICIENT_RESOURCES;
        goto Fail;
    }
    Status = NmrRegisterClient(&AgateClient, AgateConfig, &AgateHandle);
    if (!NT_SUCCESS(Status)) {
        goto Fail;
    }
    NdisQueueIoWorkItem(AgateItem, AgateStarted, AgateConfig);
    DriverObject->DriverUnload = AgateUnload;
    return STATUS_SUCCESS;

Fail:
    if (AgateConfig != NULL) {
        ExFreePoolWithTag(AgateConfig, AGATE_TAG);
    }
    if (AgateItem != NULL) {
        NdisFreeIoWorkItem(AgateItem);
    }
    IoDeleteDevice(AgateDevice);
    return Status;
}
