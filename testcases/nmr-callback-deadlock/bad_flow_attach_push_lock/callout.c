#include "flow.h"

static UINT32 FlowCalloutId;
static const GUID FlowCalloutKey = { 0x9a0e2a71, 0x1977, 0x4c51, { 0x81, 0x20, 0x11, 0x5f, 0x6e, 0x31, 0x99, 0x03 } };

static void NTAPI
FlowClassify(const FWPS_INCOMING_VALUES0 *inFixedValues, const FWPS_INCOMING_METADATA_VALUES0 *inMetaValues, void *layerData,
             const void *classifyContext, const FWPS_FILTER1 *filter, UINT64 flowContext, FWPS_CLASSIFY_OUT0 *classifyOut)
{
    UNREFERENCED_PARAMETER(inFixedValues);
    UNREFERENCED_PARAMETER(layerData);
    UNREFERENCED_PARAMETER(classifyContext);
    UNREFERENCED_PARAMETER(filter);
    UNREFERENCED_PARAMETER(flowContext);

    if ((classifyOut->rights & FWPS_RIGHT_ACTION_WRITE) == 0) {
        return;
    }
    classifyOut->actionType = FlowAllowed(inMetaValues->flowHandle) ? FWP_ACTION_PERMIT : FWP_ACTION_BLOCK;
}

static NTSTATUS NTAPI
FlowNotify(FWPS_CALLOUT_NOTIFY_TYPE notifyType, const GUID *filterKey, FWPS_FILTER1 *filter)
{
    UNREFERENCED_PARAMETER(notifyType);
    UNREFERENCED_PARAMETER(filterKey);
    UNREFERENCED_PARAMETER(filter);
    return STATUS_SUCCESS;
}

NTSTATUS
FlowCalloutStart(PDEVICE_OBJECT Device)
{
    FWPS_CALLOUT1 callout = { 0 };

    callout.calloutKey = FlowCalloutKey;
    callout.classifyFn = FlowClassify;
    callout.notifyFn = FlowNotify;
    return FwpsCalloutRegister1(Device, &callout, &FlowCalloutId);
}

VOID
FlowCalloutStop(VOID)
{
    LARGE_INTEGER pause = { .QuadPart = -1000000LL };

    while (FwpsCalloutUnregisterById0(FlowCalloutId) == STATUS_DEVICE_BUSY) {
        KeDelayExecutionThread(KernelMode, FALSE, &pause);
    }
}
