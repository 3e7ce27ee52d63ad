/* shelduck: the flow delete notification, which may come at DISPATCH_LEVEL, removes its filter. */
#include <ntddk.h>
#include <fwpmk.h>
#include <fwpsk.h>

static HANDLE ShelduckEngine;

static VOID NTAPI
ShelduckFlowDelete(UINT16 layerId, UINT32 calloutId, UINT64 flowContext)
{
    UNREFERENCED_PARAMETER(layerId);
    UNREFERENCED_PARAMETER(calloutId);
    FwpmFilterDeleteById0(ShelduckEngine, flowContext); // EXPECT: irql-too-high
}

static VOID NTAPI
ShelduckClassify(const FWPS_INCOMING_VALUES0 *values, const FWPS_INCOMING_METADATA_VALUES0 *meta, VOID *layerData, const FWPS_FILTER0 *filter, UINT64 flowContext,
                 FWPS_CLASSIFY_OUT0 *out)
{
    UNREFERENCED_PARAMETER(values);
    UNREFERENCED_PARAMETER(meta);
    UNREFERENCED_PARAMETER(layerData);
    UNREFERENCED_PARAMETER(filter);
    UNREFERENCED_PARAMETER(flowContext);
    out->actionType = FWP_ACTION_PERMIT;
}

static NTSTATUS NTAPI
ShelduckNotify(FWPS_CALLOUT_NOTIFY_TYPE type, const GUID *key, const FWPS_FILTER0 *filter)
{
    UNREFERENCED_PARAMETER(type);
    UNREFERENCED_PARAMETER(key);
    UNREFERENCED_PARAMETER(filter);
    return STATUS_SUCCESS;
}

NTSTATUS
ShelduckRegister(PDEVICE_OBJECT Device, const GUID *Key, PUINT32 Id)
{
    FWPS_CALLOUT0 callout = { 0 };

    callout.calloutKey = *Key;
    callout.classifyFn = ShelduckClassify;
    callout.notifyFn = ShelduckNotify;
    callout.flowDeleteFn = ShelduckFlowDelete;
    return FwpsCalloutRegister0(Device, &callout, Id);
}
