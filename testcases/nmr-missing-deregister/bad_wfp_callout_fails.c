/*
 * Defect: a callout driver registers its NPI client before the callout; when the callout cannot be registered the
 * ladder's label that ends the client is skipped.
 */
#define NDIS60 1
#include <ntddk.h>
#include <fwpsk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD AdderUnload;

static const NPIID AdderNpiId = { 0xf0f0c1c7, 0xd356, 0x4a73, { 0x0b, 0xa4, 0xd5, 0x83, 0x47, 0x71, 0x68, 0xa9 } };
static const NPI_MODULEID AdderModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x46ae9b3c, 0xcb2a, 0x4e42, { 0xf1, 0xd5, 0x67, 0x88, 0xb5, 0xed, 0x80, 0x53 } } } };
static const ULONG AdderDispatch = 1;
static struct { PVOID Context; const VOID *Dispatch; } AdderPeer;

static NTSTATUS NTAPI AdderAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &AdderPeer, &AdderDispatch, &AdderPeer.Context, &AdderPeer.Dispatch);
}

static NTSTATUS NTAPI AdderDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    AdderPeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS AdderClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), AdderAttach, AdderDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &AdderNpiId, &AdderModuleId, 0, NULL }
};

static const GUID AdderCalloutKey = { 0xadde0001, 0x1e1e, 0x4e1e, { 0x8e, 0x1e, 1, 2, 3, 4, 5, 6 } };
static HANDLE AdderHandle;
static UINT32 AdderCalloutId;
static PDEVICE_OBJECT AdderDevice;

static VOID NTAPI AdderClassify(const FWPS_INCOMING_VALUES0 *Values, const FWPS_INCOMING_METADATA_VALUES0 *Meta, VOID *Data,
    const FWPS_FILTER0 *Filter, UINT64 FlowContext, FWPS_CLASSIFY_OUT0 *Out)
{
    UNREFERENCED_PARAMETER(Values);
    UNREFERENCED_PARAMETER(Meta);
    UNREFERENCED_PARAMETER(Data);
    UNREFERENCED_PARAMETER(Filter);
    UNREFERENCED_PARAMETER(FlowContext);
    Out->actionType = FWP_ACTION_CONTINUE;
}

static NTSTATUS NTAPI AdderNotify(FWPS_CALLOUT_NOTIFY_TYPE Type, const GUID *Key, const FWPS_FILTER0 *Filter)
{
    UNREFERENCED_PARAMETER(Type);
    UNREFERENCED_PARAMETER(Key);
    UNREFERENCED_PARAMETER(Filter);
    return STATUS_SUCCESS;
}

static VOID AdderEndClient(VOID)
{
    if (NmrDeregisterClient(AdderHandle) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(AdderHandle);
    }
}

VOID NTAPI AdderUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    FwpsCalloutUnregisterById0(AdderCalloutId);
    AdderEndClient();
    IoDeleteDevice(AdderDevice);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    FWPS_CALLOUT0 Callout = { 0 };
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);
    Status = IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_NETWORK, 0, FALSE, &AdderDevice);
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    Status = NmrRegisterClient(&AdderClient, NULL, &AdderHandle); // EXPECT: nmr-missing-deregister
    if (!NT_SUCCESS(Status)) {
        goto DeleteDevice;
    }
    Callout.calloutKey = AdderCalloutKey;
    Callout.classifyFn = AdderClassify;
    Callout.notifyFn = AdderNotify;
    Status = FwpsCalloutRegister0(AdderDevice, &Callout, &AdderCalloutId);
    if (!NT_SUCCESS(Status)) {
        goto DeleteDevice;
    }
    DriverObject->DriverUnload = AdderUnload;
    return STATUS_SUCCESS;

DeleteDevice:
    IoDeleteDevice(AdderDevice);
    return Status;
}
