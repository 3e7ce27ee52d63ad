/* sieve: a WFP callout; classify functions run at up to DISPATCH_LEVEL. */
#include <ntddk.h>
#include <fwpsk.h>

static KEVENT SieveRoom;
static volatile LONG SieveBlocked;
static UINT32 SieveCalloutId;
static PDEVICE_OBJECT SieveDevice;

static const GUID SieveCalloutKey = { 0x5a00f7d3, 0x1f0b, 0x4b37, { 0x9b, 0x2a, 0x10, 0x70, 0x5c, 0x31, 0x45, 0x01 } };

static VOID NTAPI
SieveClassify(
    const FWPS_INCOMING_VALUES0 *FixedValues, const FWPS_INCOMING_METADATA_VALUES0 *MetaValues, void *LayerData,
    const FWPS_FILTER0 *Filter, UINT64 FlowContext, FWPS_CLASSIFY_OUT0 *ClassifyOut)
{
    LARGE_INTEGER patience;

    UNREFERENCED_PARAMETER(FixedValues);
    UNREFERENCED_PARAMETER(MetaValues);
    UNREFERENCED_PARAMETER(LayerData);
    UNREFERENCED_PARAMETER(Filter);
    UNREFERENCED_PARAMETER(FlowContext);
    patience.QuadPart = 0;
    if (KeWaitForSingleObject(&SieveRoom, Executive, KernelMode, FALSE, &patience) == STATUS_TIMEOUT) {
        InterlockedIncrement(&SieveBlocked);
        ClassifyOut->actionType = FWP_ACTION_BLOCK;
    } else {
        ClassifyOut->actionType = FWP_ACTION_PERMIT;
    }
}

static NTSTATUS NTAPI
SieveNotify(FWPS_CALLOUT_NOTIFY_TYPE Type, const GUID *FilterKey, const FWPS_FILTER0 *Filter)
{
    UNREFERENCED_PARAMETER(Type);
    UNREFERENCED_PARAMETER(FilterKey);
    UNREFERENCED_PARAMETER(Filter);
    return STATUS_SUCCESS;
}

static NTSTATUS
SieveRegister(PDEVICE_OBJECT Device)
{
    FWPS_CALLOUT0 callout = { 0 };

    callout.calloutKey = SieveCalloutKey;
    callout.classifyFn = SieveClassify;
    callout.notifyFn = SieveNotify;
    return FwpsCalloutRegister0(Device, &callout, &SieveCalloutId);
}

static NTSTATUS NTAPI
SieveCreateClose(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    Irp->IoStatus.Status = STATUS_SUCCESS;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static VOID NTAPI
SieveUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    FwpsCalloutUnregisterById0(SieveCalloutId);
    IoDeleteDevice(SieveDevice);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    status = IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &SieveDevice);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    KeInitializeEvent(&SieveRoom, NotificationEvent, TRUE);
    status = SieveRegister(SieveDevice);
    if (!NT_SUCCESS(status)) { IoDeleteDevice(SieveDevice); return status; }
    DriverObject->MajorFunction[IRP_MJ_CREATE] = SieveCreateClose;
    DriverObject->MajorFunction[IRP_MJ_CLOSE] = SieveCreateClose;
    DriverObject->DriverUnload = SieveUnload;
    return STATUS_SUCCESS;
}
