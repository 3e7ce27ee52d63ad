// A filter platform callout driver whose own headers are missing.
// FUNCTIONS: 8
#include <ntddk.h>
#define NDIS630 1
#include <ndis.h>
#include <fwpsk.h>
#include <fwpmk.h>
#include "callout_ids.h"
#include "flow.h"

HANDLE EngineHandle;
UINT32 CalloutId;
static FLOW_TABLE Table;
static struct flow_cache *Cache;

static VOID NTAPI
Classify(
    _In_ const FWPS_INCOMING_VALUES *Values, _In_ const FWPS_INCOMING_METADATA_VALUES *Meta, _Inout_opt_ VOID *LayerData,
    _In_opt_ const VOID *ClassifyContext, _In_ const FWPS_FILTER *Filter, _In_ UINT64 FlowContext, _Inout_ FWPS_CLASSIFY_OUT *Out)
{
    FLOW_KEY Key = { 0 };
    PFLOW Flow;
    KLOCK_QUEUE_HANDLE LockHandle;

    UNREFERENCED_PARAMETER(ClassifyContext);
    if (!(Out->rights & FWPS_RIGHT_ACTION_WRITE))
        return;
    Key.Local = Values->incomingValue[FWPS_FIELD_ALE_AUTH_CONNECT_V4_IP_LOCAL_ADDRESS].value.uint32;
    Key.Port = Values->incomingValue[FWPS_FIELD_ALE_AUTH_CONNECT_V4_IP_REMOTE_PORT].value.uint16;
    if (FWPS_IS_METADATA_FIELD_PRESENT(Meta, FWPS_METADATA_FIELD_PROCESS_ID))
        Key.Process = Meta->processId;
    KeAcquireInStackQueuedSpinLock(&Table.Lock, &LockHandle);
    Flow = FlowFind(&Table, &Key);
    if (Flow == NULL && Cache->count < FLOW_CACHE_MAX)
        Flow = Cache->head->flow;
    KeReleaseInStackQueuedSpinLock(&LockHandle);
    if (Flow != NULL && Flow->Verdict == FLOW_VERDICT_BLOCK) {
        Out->actionType = FWP_ACTION_BLOCK;
        Out->rights &= ~FWPS_RIGHT_ACTION_WRITE;
    } else {
        Out->actionType = FWP_ACTION_PERMIT;
    }
    if (Filter->flags & FWPS_FILTER_FLAG_CLEAR_ACTION_RIGHT)
        Out->rights &= ~FWPS_RIGHT_ACTION_WRITE;
    FLOW_STATISTICS(Flow, LayerData, FlowContext)->Packets++;
}

static NTSTATUS NTAPI
Notify(_In_ FWPS_CALLOUT_NOTIFY_TYPE Type, _In_ const GUID *Key, _Inout_ FWPS_FILTER *Filter)
{
    UNREFERENCED_PARAMETER(Key);
    switch (Type) {
    case FWPS_CALLOUT_NOTIFY_ADD_FILTER:
        return FlowReference((FLOW_FILTER_CONTEXT *)(ULONG_PTR)Filter->context, Filter->action.type);
    case FWPS_CALLOUT_NOTIFY_DELETE_FILTER:
    default:
        return STATUS_SUCCESS;
    }
}

static VOID NTAPI FlowDelete(_In_ UINT16 Layer, _In_ UINT32 Callout, _In_ UINT64 Context)
{
    PFLOW Flow = (PFLOW)(ULONG_PTR)Context;
    UNREFERENCED_PARAMETER(Layer);
    UNREFERENCED_PARAMETER(Callout);
    FLOW_RELEASE(Flow);
}

static VOID NTAPI InjectComplete(_Inout_ VOID *Context, _Inout_ NET_BUFFER_LIST *List, _In_ BOOLEAN Dispatch)
{
    PINJECT_REQUEST Request = Context;
    NET_BUFFER *Buffer = NET_BUFFER_LIST_FIRST_NB(List);
    UNREFERENCED_PARAMETER(Dispatch);
    Request->Status = List->Status;
    Request->Bytes += NET_BUFFER_DATA_LENGTH(Buffer);
    FwpsFreeCloneNetBufferList(List, 0);
    ExFreeToLookasideListEx(&Table.Requests, Request);
}

static NTSTATUS Inject(PFLOW Flow, NET_BUFFER_LIST *List)
{
    NET_BUFFER_LIST *Clone = NULL;
    PINJECT_REQUEST Request = ExAllocateFromLookasideListEx(&Table.Requests);
    NTSTATUS Status;

    if (!Request)
        return STATUS_NO_MEMORY;
    Status = FwpsAllocateCloneNetBufferList(List, NULL, NULL, 0, &Clone);
    if (NT_SUCCESS(Status))
        Status = FwpsInjectTransportSendAsync(
            Flow->InjectionHandle, NULL, Flow->Endpoint, 0, &Flow->SendArgs, AF_INET, Flow->Compartment, Clone, InjectComplete, Request);
    if (!NT_SUCCESS(Status) && Clone)
        FwpsFreeCloneNetBufferList(Clone, 0);
    return Status;
}

static NTSTATUS AddFilter(const GUID *Layer, UINT32 Weight)
{
    FWPM_FILTER Filter = { 0 };
    FWPM_FILTER_CONDITION Conditions[2] = { 0 };

    Filter.layerKey = *Layer;
    Filter.displayData.name = L"name";
    Filter.action.type = FWP_ACTION_CALLOUT_TERMINATING;
    Filter.action.calloutKey = CALLOUT_KEY;
    Filter.subLayerKey = FWPM_SUBLAYER_UNIVERSAL;
    Filter.weight.type = FWP_UINT8;
    Filter.weight.uint8 = (UINT8)Weight;
    Filter.numFilterConditions = RTL_NUMBER_OF(Conditions);
    Filter.filterCondition = Conditions;
    Conditions[0].fieldKey = FWPM_CONDITION_IP_PROTOCOL;
    Conditions[0].matchType = FWP_MATCH_EQUAL;
    Conditions[0].conditionValue.type = FWP_UINT8;
    Conditions[0].conditionValue.uint8 = IPPROTO_TCP;
    return FwpmFilterAdd(EngineHandle, &Filter, NULL, NULL);
}

NTSTATUS Register(PDEVICE_OBJECT Device)
{
    FWPS_CALLOUT Callout = { CALLOUT_KEY, 0, Classify, Notify, FlowDelete };
    FWPM_CALLOUT Managed = { .calloutKey = CALLOUT_KEY, .applicableLayer = FWPM_LAYER_ALE_AUTH_CONNECT_V4 };
    FWPM_SESSION Session = { .flags = FWPM_SESSION_FLAG_DYNAMIC };
    NTSTATUS Status = FwpmEngineOpen(NULL, RPC_C_AUTHN_WINNT, NULL, &Session, &EngineHandle);

    if (!NT_SUCCESS(Status))
        return Status;
    Status = FwpsCalloutRegister(Device, &Callout, &CalloutId);
    if (NT_SUCCESS(Status))
        Status = FwpmTransactionBegin(EngineHandle, 0);
    if (NT_SUCCESS(Status)) {
        Status = FwpmCalloutAdd(EngineHandle, &Managed, NULL, NULL);
        if (NT_SUCCESS(Status))
            Status = AddFilter(&FWPM_LAYER_ALE_AUTH_CONNECT_V4, 3);
        Status = NT_SUCCESS(Status) ? FwpmTransactionCommit(EngineHandle) : FwpmTransactionAbort(EngineHandle);
    }
    FlowTableInitialize(&Table, FLOW_TABLE_BUCKETS);
    return Status;
}

VOID Unregister(VOID)
{
    FwpsCalloutUnregisterById(CalloutId);
    FwpmEngineClose(EngineHandle);
    FlowTableCleanup(&Table);
    Inject(NULL, NULL);
}
