/* oriole: the callout's classify function is in a PAGE section. */
#include <ntddk.h>
#include <fwpsk.h>

#pragma code_seg(push, "PAGE")

static void NTAPI
OrioleClassify(const FWPS_INCOMING_VALUES0 *inFixedValues, const FWPS_INCOMING_METADATA_VALUES0 *inMetaValues, void *layerData,
               const FWPS_FILTER0 *filter, UINT64 flowContext, FWPS_CLASSIFY_OUT0 *classifyOut)
{
    UNREFERENCED_PARAMETER(inFixedValues);
    UNREFERENCED_PARAMETER(inMetaValues);
    UNREFERENCED_PARAMETER(layerData);
    UNREFERENCED_PARAMETER(filter);
    UNREFERENCED_PARAMETER(flowContext);
    classifyOut->actionType = FWP_ACTION_PERMIT;
}

static NTSTATUS NTAPI
OrioleNotify(FWPS_CALLOUT_NOTIFY_TYPE notifyType, const GUID *filterKey, const FWPS_FILTER0 *filter)
{
    UNREFERENCED_PARAMETER(notifyType);
    UNREFERENCED_PARAMETER(filterKey);
    UNREFERENCED_PARAMETER(filter);
    return STATUS_SUCCESS;
}

#pragma code_seg(pop)

NTSTATUS
OrioleRegister(PDEVICE_OBJECT Device, const GUID *Key, UINT32 *Id)
{
    FWPS_CALLOUT0 callout;

    RtlZeroMemory(&callout, sizeof(callout));
    callout.calloutKey = *Key;
    callout.classifyFn = OrioleClassify; // EXPECT: irql-paged-code
    return FwpsCalloutRegister0(Device, &callout, Id);
}
