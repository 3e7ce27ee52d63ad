// Objects are made in memory that the framework gives; the header that declares placement new comes with one that is
// missing. Flags of an enumeration are combined.
// FUNCTIONS: 5
#include <ntddk.h>
#include <wdf.h>
#include <netadaptercx.h>
#include "quarry_placement.h"

class Hauler
{
    NETADAPTER m_adapter;

  public:
    Hauler(NETADAPTER adapter) : m_adapter(adapter) {}
    NTSTATUS Start();
};
WDF_DECLARE_CONTEXT_TYPE_WITH_NAME(Hauler, HaulerOf);

static EVT_NET_ADAPTER_SET_RECEIVE_FILTER HaulerSetReceiveFilter;

static VOID HaulerSetReceiveFilter(NETADAPTER adapter, NETRECEIVEFILTER filter)
{
    UNREFERENCED_PARAMETER(adapter);
    UNREFERENCED_PARAMETER(filter);
}

NTSTATUS Hauler::Start()
{
    NET_ADAPTER_RECEIVE_FILTER_CAPABILITIES capabilities;
    NET_ADAPTER_RECEIVE_FILTER_CAPABILITIES_INIT(&capabilities, HaulerSetReceiveFilter);
    capabilities.SupportedPacketFilters = NetPacketFilterFlagDirected | NetPacketFilterFlagBroadcast;
    capabilities.SupportedPacketFilters |= NetPacketFilterFlagPromiscuous;
    NetAdapterSetReceiveFilterCapabilities(m_adapter, &capabilities);
    return NetAdapterStart(m_adapter);
}

NTSTATUS HaulerCreate(NETADAPTER_INIT *init, QUARRY_TAG tag)
{
    WDF_OBJECT_ATTRIBUTES attributes;
    NETADAPTER adapter;
    WDF_OBJECT_ATTRIBUTES_INIT_CONTEXT_TYPE(&attributes, Hauler);
    NTSTATUS status = NetAdapterCreate(init, &attributes, &adapter);
    if (!NT_SUCCESS(status))
        return status;
    Hauler *hauler = new (HaulerOf(adapter)) Hauler(adapter);
    quarry_note(tag);
    return hauler->Start();
}
