/* The network adapter class extension of the driver framework. */
#ifndef NMRCHECK_NETADAPTERCX_H
#define NMRCHECK_NETADAPTERCX_H
#include "ntddk.h"
#include "wdf.h"
#include "ifdef.h"
#include "net/extension.h"
#ifdef __cplusplus
extern "C" {
#endif
typedef struct NETADAPTER__ *NETADAPTER;
typedef struct NETPACKETQUEUE__ *NETPACKETQUEUE;
typedef struct NETCONFIGURATION__ *NETCONFIGURATION;
typedef struct NETOFFLOAD__ *NETOFFLOAD;
typedef struct NETRECEIVEFILTER__ *NETRECEIVEFILTER;
typedef struct NETPOWEROFFLOADLIST__ *NETPOWEROFFLOADLIST;
typedef struct NETWAKESOURCELIST__ *NETWAKESOURCELIST;
typedef struct NETPOWEROFFLOAD__ *NETPOWEROFFLOAD;
typedef struct NETWAKESOURCE__ *NETWAKESOURCE;
typedef struct NETDATABUFFER__ *NETDATABUFFER;
typedef struct NETFRAGMENTRETURNCONTEXT__ *NETFRAGMENTRETURNCONTEXT;
typedef struct NETADAPTER_INIT NETADAPTER_INIT;
typedef struct NETTXQUEUE_INIT NETTXQUEUE_INIT;
typedef struct NETRXQUEUE_INIT NETRXQUEUE_INIT;
typedef struct NETADAPTEREXT_INIT NETADAPTEREXT_INIT;
_Function_class_(EVT_NET_ADAPTER_CREATE_TXQUEUE) _IRQL_requires_max_(PASSIVE_LEVEL)
typedef NTSTATUS EVT_NET_ADAPTER_CREATE_TXQUEUE(NETADAPTER Adapter, NETTXQUEUE_INIT *TxQueueInit);
typedef EVT_NET_ADAPTER_CREATE_TXQUEUE *PFN_NET_ADAPTER_CREATE_TXQUEUE;
_Function_class_(EVT_NET_ADAPTER_CREATE_RXQUEUE) _IRQL_requires_max_(PASSIVE_LEVEL)
typedef NTSTATUS EVT_NET_ADAPTER_CREATE_RXQUEUE(NETADAPTER Adapter, NETRXQUEUE_INIT *RxQueueInit);
typedef EVT_NET_ADAPTER_CREATE_RXQUEUE *PFN_NET_ADAPTER_CREATE_RXQUEUE;
_Function_class_(EVT_PACKET_QUEUE_ADVANCE) _IRQL_requires_max_(DISPATCH_LEVEL)
typedef VOID EVT_PACKET_QUEUE_ADVANCE(NETPACKETQUEUE PacketQueue);
typedef EVT_PACKET_QUEUE_ADVANCE *PFN_PACKET_QUEUE_ADVANCE;
_Function_class_(EVT_PACKET_QUEUE_SET_NOTIFICATION_ENABLED) _IRQL_requires_max_(PASSIVE_LEVEL)
typedef VOID EVT_PACKET_QUEUE_SET_NOTIFICATION_ENABLED(NETPACKETQUEUE PacketQueue, BOOLEAN NotificationEnabled);
typedef EVT_PACKET_QUEUE_SET_NOTIFICATION_ENABLED *PFN_PACKET_QUEUE_SET_NOTIFICATION_ENABLED;
_Function_class_(EVT_PACKET_QUEUE_START) _IRQL_requires_max_(PASSIVE_LEVEL)
typedef VOID EVT_PACKET_QUEUE_START(NETPACKETQUEUE PacketQueue);
typedef EVT_PACKET_QUEUE_START *PFN_PACKET_QUEUE_START;
_Function_class_(EVT_PACKET_QUEUE_STOP) _IRQL_requires_max_(PASSIVE_LEVEL)
typedef VOID EVT_PACKET_QUEUE_STOP(NETPACKETQUEUE PacketQueue);
typedef EVT_PACKET_QUEUE_STOP *PFN_PACKET_QUEUE_STOP;
_Function_class_(EVT_PACKET_QUEUE_CANCEL) _IRQL_requires_max_(PASSIVE_LEVEL)
typedef VOID EVT_PACKET_QUEUE_CANCEL(NETPACKETQUEUE PacketQueue);
typedef EVT_PACKET_QUEUE_CANCEL *PFN_PACKET_QUEUE_CANCEL;
_Function_class_(EVT_NET_ADAPTER_SET_RECEIVE_FILTER) _IRQL_requires_max_(PASSIVE_LEVEL)
typedef VOID EVT_NET_ADAPTER_SET_RECEIVE_FILTER(NETADAPTER Adapter, NETRECEIVEFILTER ReceiveFilter);
typedef EVT_NET_ADAPTER_SET_RECEIVE_FILTER *PFN_NET_ADAPTER_SET_RECEIVE_FILTER;
_Function_class_(EVT_NET_ADAPTER_OFFLOAD_SET_TX_CHECKSUM) _IRQL_requires_max_(PASSIVE_LEVEL)
typedef VOID EVT_NET_ADAPTER_OFFLOAD_SET_TX_CHECKSUM(NETADAPTER Adapter, NETOFFLOAD Offload);
typedef EVT_NET_ADAPTER_OFFLOAD_SET_TX_CHECKSUM *PFN_NET_ADAPTER_OFFLOAD_SET_TX_CHECKSUM;
_Function_class_(EVT_NET_ADAPTER_OFFLOAD_SET_RX_CHECKSUM) _IRQL_requires_max_(PASSIVE_LEVEL)
typedef VOID EVT_NET_ADAPTER_OFFLOAD_SET_RX_CHECKSUM(NETADAPTER Adapter, NETOFFLOAD Offload);
typedef EVT_NET_ADAPTER_OFFLOAD_SET_RX_CHECKSUM *PFN_NET_ADAPTER_OFFLOAD_SET_RX_CHECKSUM;
_Function_class_(EVT_NET_ADAPTER_OFFLOAD_SET_GSO) _IRQL_requires_max_(PASSIVE_LEVEL)
typedef VOID EVT_NET_ADAPTER_OFFLOAD_SET_GSO(NETADAPTER Adapter, NETOFFLOAD Offload);
typedef EVT_NET_ADAPTER_OFFLOAD_SET_GSO *PFN_NET_ADAPTER_OFFLOAD_SET_GSO;
_Function_class_(EVT_NET_ADAPTER_OFFLOAD_SET_RSC) _IRQL_requires_max_(PASSIVE_LEVEL)
typedef VOID EVT_NET_ADAPTER_OFFLOAD_SET_RSC(NETADAPTER Adapter, NETOFFLOAD Offload);
typedef EVT_NET_ADAPTER_OFFLOAD_SET_RSC *PFN_NET_ADAPTER_OFFLOAD_SET_RSC;
_Function_class_(EVT_NET_ADAPTER_RETURN_RX_BUFFER) _IRQL_requires_max_(DISPATCH_LEVEL)
typedef VOID EVT_NET_ADAPTER_RETURN_RX_BUFFER(NETADAPTER Adapter, NETFRAGMENTRETURNCONTEXT Handle);
typedef EVT_NET_ADAPTER_RETURN_RX_BUFFER *PFN_NET_ADAPTER_RETURN_RX_BUFFER;
typedef struct _NET_EXTENSION_QUERY {
    ULONG Size;
    PCWSTR Name;
    ULONG Version;
    NET_EXTENSION_TYPE Type;
} NET_EXTENSION_QUERY;
VOID NET_EXTENSION_QUERY_INIT(NET_EXTENSION_QUERY *Query, PCWSTR Name, ULONG Version, NET_EXTENSION_TYPE Type);
typedef struct _NET_PACKET_QUEUE_CONFIG {
    ULONG Size;
    PFN_PACKET_QUEUE_ADVANCE EvtAdvance;
    PFN_PACKET_QUEUE_SET_NOTIFICATION_ENABLED EvtSetNotificationEnabled;
    PFN_PACKET_QUEUE_CANCEL EvtCancel;
    PFN_PACKET_QUEUE_START EvtStart;
    PFN_PACKET_QUEUE_STOP EvtStop;
} NET_PACKET_QUEUE_CONFIG;
FORCEINLINE VOID NET_PACKET_QUEUE_CONFIG_INIT(NET_PACKET_QUEUE_CONFIG *Config, PFN_PACKET_QUEUE_ADVANCE EvtAdvance,
                                              PFN_PACKET_QUEUE_SET_NOTIFICATION_ENABLED EvtSetNotificationEnabled,
                                              PFN_PACKET_QUEUE_CANCEL EvtCancel)
{
    RtlZeroMemory(Config, sizeof(*Config));
    Config->Size = sizeof(*Config);
    Config->EvtAdvance = EvtAdvance;
    Config->EvtSetNotificationEnabled = EvtSetNotificationEnabled;
    Config->EvtCancel = EvtCancel;
}
typedef struct _NET_ADAPTER_DATAPATH_CALLBACKS {
    ULONG Size;
    PFN_NET_ADAPTER_CREATE_TXQUEUE EvtAdapterCreateTxQueue;
    PFN_NET_ADAPTER_CREATE_RXQUEUE EvtAdapterCreateRxQueue;
} NET_ADAPTER_DATAPATH_CALLBACKS;
FORCEINLINE VOID NET_ADAPTER_DATAPATH_CALLBACKS_INIT(NET_ADAPTER_DATAPATH_CALLBACKS *Callbacks,
                                                     PFN_NET_ADAPTER_CREATE_TXQUEUE EvtAdapterCreateTxQueue,
                                                     PFN_NET_ADAPTER_CREATE_RXQUEUE EvtAdapterCreateRxQueue)
{
    Callbacks->Size = sizeof(*Callbacks);
    Callbacks->EvtAdapterCreateTxQueue = EvtAdapterCreateTxQueue;
    Callbacks->EvtAdapterCreateRxQueue = EvtAdapterCreateRxQueue;
}
NTSTATUS NetTxQueueCreate(NETTXQUEUE_INIT *NetTxQueueInit, PWDF_OBJECT_ATTRIBUTES TxQueueAttributes,
                          NET_PACKET_QUEUE_CONFIG *Configuration, NETPACKETQUEUE *PacketQueue);
NTSTATUS NetRxQueueCreate(NETRXQUEUE_INIT *NetRxQueueInit, PWDF_OBJECT_ATTRIBUTES RxQueueAttributes,
                          NET_PACKET_QUEUE_CONFIG *Configuration, NETPACKETQUEUE *PacketQueue);
ULONG NetTxQueueInitGetQueueId(NETTXQUEUE_INIT *NetTxQueueInit);
ULONG NetRxQueueInitGetQueueId(NETRXQUEUE_INIT *NetRxQueueInit);
VOID NetTxQueueGetExtension(NETPACKETQUEUE PacketQueue, const NET_EXTENSION_QUERY *Query, NET_EXTENSION *Extension);
VOID NetRxQueueGetExtension(NETPACKETQUEUE PacketQueue, const NET_EXTENSION_QUERY *Query, NET_EXTENSION *Extension);
const NET_RING_COLLECTION *NetTxQueueGetRingCollection(NETPACKETQUEUE PacketQueue);
const NET_RING_COLLECTION *NetRxQueueGetRingCollection(NETPACKETQUEUE PacketQueue);
VOID NetTxQueueNotifyMoreCompletedPacketsAvailable(NETPACKETQUEUE PacketQueue);
VOID NetRxQueueNotifyMoreReceivedPacketsAvailable(NETPACKETQUEUE PacketQueue);
NTSTATUS NetDeviceInitConfig(PWDFDEVICE_INIT DeviceInit);
NTSTATUS NetDeviceOpenConfiguration(WDFDEVICE Device, PWDF_OBJECT_ATTRIBUTES ConfigurationAttributes,
                                    NETCONFIGURATION *Configuration);
NTSTATUS NetAdapterOpenConfiguration(NETADAPTER Adapter, PWDF_OBJECT_ATTRIBUTES ConfigurationAttributes,
                                     NETCONFIGURATION *Configuration);
typedef enum _NET_CONFIGURATION_QUERY_ULONG_FLAGS {
    NET_CONFIGURATION_QUERY_ULONG_NO_FLAGS = 0,
    NET_CONFIGURATION_QUERY_ULONG_MAY_BE_STORED_AS_HEX_STRING = 1
} NET_CONFIGURATION_QUERY_ULONG_FLAGS;
NTSTATUS NetConfigurationQueryUlong(NETCONFIGURATION Configuration, NET_CONFIGURATION_QUERY_ULONG_FLAGS Flags,
                                    PCUNICODE_STRING ValueName, PULONG Value);
NTSTATUS NetConfigurationQueryString(NETCONFIGURATION Configuration, PCUNICODE_STRING ValueName,
                                     PWDF_OBJECT_ATTRIBUTES StringAttributes, WDFSTRING *String);
NTSTATUS NetConfigurationQueryLinkLayerAddress(NETCONFIGURATION Configuration,
                                               struct _NET_ADAPTER_LINK_LAYER_ADDRESS *LinkLayerAddress);
NTSTATUS NetConfigurationAssignUlong(NETCONFIGURATION Configuration, PCUNICODE_STRING ValueName, ULONG Value);
VOID NetConfigurationClose(NETCONFIGURATION Configuration);
NETADAPTER_INIT *NetAdapterInitAllocate(WDFDEVICE Device);
VOID NetAdapterInitFree(NETADAPTER_INIT *AdapterInit);
VOID NetAdapterInitSetDatapathCallbacks(NETADAPTER_INIT *AdapterInit, NET_ADAPTER_DATAPATH_CALLBACKS *Callbacks);
VOID NetAdapterInitSetNetAdapterExtension(NETADAPTER_INIT *AdapterInit, PVOID Extension);
NTSTATUS NetAdapterCreate(NETADAPTER_INIT *AdapterInit, PWDF_OBJECT_ATTRIBUTES Attributes, NETADAPTER *Adapter);
NTSTATUS NetAdapterStart(NETADAPTER Adapter);
VOID NetAdapterStop(NETADAPTER Adapter);
NET_LUID NetAdapterGetNetLuid(NETADAPTER Adapter);
typedef enum _NET_ADAPTER_PAUSE_FUNCTION_TYPE {
    NetAdapterPauseFunctionTypeUnknown,
    NetAdapterPauseFunctionTypeUnsupported,
    NetAdapterPauseFunctionTypeSendOnly,
    NetAdapterPauseFunctionTypeReceiveOnly,
    NetAdapterPauseFunctionTypeSendAndReceive
} NET_ADAPTER_PAUSE_FUNCTION_TYPE;
typedef enum _NET_ADAPTER_AUTO_NEGOTIATION_FLAGS {
    NetAdapterAutoNegotiationFlagNone = 0,
    NetAdapterAutoNegotiationFlagXmitLinkSpeedAutoNegotiated = 1,
    NetAdapterAutoNegotiationFlagRcvLinkSpeedautoNegotiated = 2,
    NetAdapterAutoNegotiationFlagDuplexAutoNegotiated = 4,
    NetAdapterAutoNegotiationFlagPauseFunctionsAutoNegotiated = 8
} NET_ADAPTER_AUTO_NEGOTIATION_FLAGS;
DEFINE_ENUM_FLAG_OPERATORS(NET_ADAPTER_AUTO_NEGOTIATION_FLAGS)
typedef struct _NET_ADAPTER_LINK_STATE {
    ULONG Size;
    ULONG64 TxLinkSpeed;
    ULONG64 RxLinkSpeed;
    NET_IF_MEDIA_CONNECT_STATE MediaConnectState;
    NET_IF_MEDIA_DUPLEX_STATE MediaDuplexState;
    NET_ADAPTER_PAUSE_FUNCTION_TYPE SupportedPauseFunctions;
    NET_ADAPTER_AUTO_NEGOTIATION_FLAGS AutoNegotiationFlags;
} NET_ADAPTER_LINK_STATE;
VOID NET_ADAPTER_LINK_STATE_INIT(NET_ADAPTER_LINK_STATE *LinkState, ULONG64 LinkSpeed,
                                 NET_IF_MEDIA_CONNECT_STATE MediaConnectState,
                                 NET_IF_MEDIA_DUPLEX_STATE MediaDuplexState,
                                 NET_ADAPTER_PAUSE_FUNCTION_TYPE SupportedPauseFunctions,
                                 NET_ADAPTER_AUTO_NEGOTIATION_FLAGS AutoNegotiationFlags);
VOID NET_ADAPTER_LINK_STATE_INIT_DISCONNECTED(NET_ADAPTER_LINK_STATE *LinkState);
VOID NetAdapterSetLinkState(NETADAPTER Adapter, NET_ADAPTER_LINK_STATE *State);
#define NETADAPTER_LINK_LAYER_ADDRESS_MAX 32
typedef struct _NET_ADAPTER_LINK_LAYER_ADDRESS {
    USHORT Length;
    UCHAR Address[32];
} NET_ADAPTER_LINK_LAYER_ADDRESS;
VOID NET_ADAPTER_LINK_LAYER_ADDRESS_INIT(NET_ADAPTER_LINK_LAYER_ADDRESS *LinkLayerAddress, USHORT Length,
                                         const UCHAR *Address);
VOID NetAdapterSetPermanentLinkLayerAddress(NETADAPTER Adapter, NET_ADAPTER_LINK_LAYER_ADDRESS *LinkLayerAddress);
VOID NetAdapterSetCurrentLinkLayerAddress(NETADAPTER Adapter, NET_ADAPTER_LINK_LAYER_ADDRESS *LinkLayerAddress);
typedef struct _NET_ADAPTER_LINK_LAYER_CAPABILITIES {
    ULONG Size;
    ULONG64 MaxTxLinkSpeed;
    ULONG64 MaxRxLinkSpeed;
} NET_ADAPTER_LINK_LAYER_CAPABILITIES;
VOID NET_ADAPTER_LINK_LAYER_CAPABILITIES_INIT(NET_ADAPTER_LINK_LAYER_CAPABILITIES *Capabilities, ULONG64 MaxTxLinkSpeed,
                                              ULONG64 MaxRxLinkSpeed);
VOID NetAdapterSetLinkLayerCapabilities(NETADAPTER Adapter, NET_ADAPTER_LINK_LAYER_CAPABILITIES *Capabilities);
VOID NetAdapterSetLinkLayerMtuSize(NETADAPTER Adapter, ULONG MtuSize);
typedef enum _NET_MEMORY_MAPPING_REQUIREMENT {
    NetMemoryMappingRequirementNone,
    NetMemoryMappingRequirementDmaMapped
} NET_MEMORY_MAPPING_REQUIREMENT;
typedef struct _NET_ADAPTER_DMA_CAPABILITIES {
    ULONG Size;
    WDFDMAENABLER DmaEnabler;
    PHYSICAL_ADDRESS MaximumPhysicalAddress;
    ULONG PreferredNode;
} NET_ADAPTER_DMA_CAPABILITIES;
VOID NET_ADAPTER_DMA_CAPABILITIES_INIT(NET_ADAPTER_DMA_CAPABILITIES *Capabilities, WDFDMAENABLER DmaEnabler);
typedef struct _NET_ADAPTER_TX_CAPABILITIES {
    ULONG Size;
    ULONG MappingRequirement;
    SIZE_T PayloadBackfill;
    NET_ADAPTER_DMA_CAPABILITIES *DmaCapabilities;
    SIZE_T MaximumNumberOfQueues;
    ULONG FragmentRingNumberOfElementsHint;
    SIZE_T MaximumNumberOfFragments;
} NET_ADAPTER_TX_CAPABILITIES;
VOID NET_ADAPTER_TX_CAPABILITIES_INIT(NET_ADAPTER_TX_CAPABILITIES *Capabilities, SIZE_T MaximumNumberOfQueues);
VOID NET_ADAPTER_TX_CAPABILITIES_INIT_FOR_DMA(NET_ADAPTER_TX_CAPABILITIES *Capabilities,
                                              NET_ADAPTER_DMA_CAPABILITIES *DmaCapabilities,
                                              SIZE_T MaximumNumberOfQueues);
typedef struct _NET_ADAPTER_RX_CAPABILITIES {
    ULONG Size;
    ULONG AllocationMode;
    ULONG AttachmentMode;
    ULONG FragmentRingNumberOfElementsHint;
    SIZE_T MaximumFrameSize;
    SIZE_T MaximumNumberOfQueues;
    ULONG MappingRequirement;
    NET_ADAPTER_DMA_CAPABILITIES *DmaCapabilities;
    PFN_NET_ADAPTER_RETURN_RX_BUFFER EvtAdapterReturnRxBuffer;
} NET_ADAPTER_RX_CAPABILITIES;
VOID NET_ADAPTER_RX_CAPABILITIES_INIT_SYSTEM_MANAGED(NET_ADAPTER_RX_CAPABILITIES *Capabilities,
                                                     SIZE_T MaximumFrameSize, SIZE_T MaximumNumberOfQueues);
VOID NET_ADAPTER_RX_CAPABILITIES_INIT_SYSTEM_MANAGED_DMA(NET_ADAPTER_RX_CAPABILITIES *Capabilities,
                                                         NET_ADAPTER_DMA_CAPABILITIES *DmaCapabilities,
                                                         SIZE_T MaximumFrameSize, SIZE_T MaximumNumberOfQueues);
FORCEINLINE VOID NET_ADAPTER_RX_CAPABILITIES_INIT_DRIVER_MANAGED(
    NET_ADAPTER_RX_CAPABILITIES *Capabilities, PFN_NET_ADAPTER_RETURN_RX_BUFFER EvtAdapterReturnRxBuffer,
    SIZE_T MaximumFrameSize, SIZE_T MaximumNumberOfQueues)
{
    Capabilities->EvtAdapterReturnRxBuffer = EvtAdapterReturnRxBuffer;
    Capabilities->MaximumFrameSize = MaximumFrameSize;
    Capabilities->MaximumNumberOfQueues = MaximumNumberOfQueues;
}
VOID NetAdapterSetDataPathCapabilities(NETADAPTER Adapter, NET_ADAPTER_TX_CAPABILITIES *TxCapabilities,
                                       NET_ADAPTER_RX_CAPABILITIES *RxCapabilities);
typedef enum _NET_PACKET_FILTER_FLAGS {
    NetPacketFilterFlagDirected = 1,
    NetPacketFilterFlagMulticast = 2,
    NetPacketFilterFlagAllMulticast = 4,
    NetPacketFilterFlagBroadcast = 8,
    NetPacketFilterFlagPromiscuous = 0x20
} NET_PACKET_FILTER_FLAGS;
DEFINE_ENUM_FLAG_OPERATORS(NET_PACKET_FILTER_FLAGS)
typedef struct _NET_ADAPTER_RECEIVE_FILTER_CAPABILITIES {
    ULONG Size;
    NET_PACKET_FILTER_FLAGS SupportedPacketFilters;
    SIZE_T MaximumMulticastAddresses;
    PFN_NET_ADAPTER_SET_RECEIVE_FILTER EvtSetReceiveFilter;
} NET_ADAPTER_RECEIVE_FILTER_CAPABILITIES;
FORCEINLINE VOID NET_ADAPTER_RECEIVE_FILTER_CAPABILITIES_INIT(NET_ADAPTER_RECEIVE_FILTER_CAPABILITIES *Capabilities,
                                                              PFN_NET_ADAPTER_SET_RECEIVE_FILTER EvtSetReceiveFilter)
{
    RtlZeroMemory(Capabilities, sizeof(*Capabilities));
    Capabilities->Size = sizeof(*Capabilities);
    Capabilities->EvtSetReceiveFilter = EvtSetReceiveFilter;
}
VOID NetAdapterSetReceiveFilterCapabilities(NETADAPTER Adapter,
                                            NET_ADAPTER_RECEIVE_FILTER_CAPABILITIES *Capabilities);
NET_PACKET_FILTER_FLAGS NetReceiveFilterGetPacketFilter(NETRECEIVEFILTER ReceiveFilter);
SIZE_T NetReceiveFilterGetMulticastAddressCount(NETRECEIVEFILTER ReceiveFilter);
const NET_ADAPTER_LINK_LAYER_ADDRESS *NetReceiveFilterGetMulticastAddressList(NETRECEIVEFILTER ReceiveFilter);
typedef enum _NET_ADAPTER_OFFLOAD_LAYER3_FLAGS {
    NetAdapterOffloadLayer3FlagIPv4NoOptions = 1,
    NetAdapterOffloadLayer3FlagIPv4WithOptions = 2,
    NetAdapterOffloadLayer3FlagIPv6NoExtensions = 4,
    NetAdapterOffloadLayer3FlagIPv6WithExtensions = 8
} NET_ADAPTER_OFFLOAD_LAYER3_FLAGS;
DEFINE_ENUM_FLAG_OPERATORS(NET_ADAPTER_OFFLOAD_LAYER3_FLAGS)
typedef enum _NET_ADAPTER_OFFLOAD_LAYER4_FLAGS {
    NetAdapterOffloadLayer4FlagTcpNoOptions = 1,
    NetAdapterOffloadLayer4FlagTcpWithOptions = 2,
    NetAdapterOffloadLayer4FlagUdp = 4
} NET_ADAPTER_OFFLOAD_LAYER4_FLAGS;
DEFINE_ENUM_FLAG_OPERATORS(NET_ADAPTER_OFFLOAD_LAYER4_FLAGS)
typedef struct _NET_ADAPTER_OFFLOAD_TX_CHECKSUM_CAPABILITIES {
    ULONG Size;
    NET_ADAPTER_OFFLOAD_LAYER3_FLAGS Layer3Flags;
    NET_ADAPTER_OFFLOAD_LAYER4_FLAGS Layer4Flags;
    SIZE_T Layer4HeaderOffsetLimit;
    PFN_NET_ADAPTER_OFFLOAD_SET_TX_CHECKSUM EvtAdapterOffloadSetTxChecksum;
} NET_ADAPTER_OFFLOAD_TX_CHECKSUM_CAPABILITIES;
FORCEINLINE VOID NET_ADAPTER_OFFLOAD_TX_CHECKSUM_CAPABILITIES_INIT(
    NET_ADAPTER_OFFLOAD_TX_CHECKSUM_CAPABILITIES *Capabilities, NET_ADAPTER_OFFLOAD_LAYER3_FLAGS Layer3Flags,
    PFN_NET_ADAPTER_OFFLOAD_SET_TX_CHECKSUM EvtSet)
{
    RtlZeroMemory(Capabilities, sizeof(*Capabilities));
    Capabilities->Size = sizeof(*Capabilities);
    Capabilities->Layer3Flags = Layer3Flags;
    Capabilities->EvtAdapterOffloadSetTxChecksum = EvtSet;
}
VOID NetAdapterOffloadSetTxChecksumCapabilities(NETADAPTER Adapter, NET_ADAPTER_OFFLOAD_TX_CHECKSUM_CAPABILITIES *Capabilities);
typedef struct _NET_ADAPTER_OFFLOAD_RX_CHECKSUM_CAPABILITIES {
    ULONG Size;
    NET_ADAPTER_OFFLOAD_LAYER3_FLAGS Layer3Flags;
    NET_ADAPTER_OFFLOAD_LAYER4_FLAGS Layer4Flags;
    PFN_NET_ADAPTER_OFFLOAD_SET_RX_CHECKSUM EvtAdapterOffloadSetRxChecksum;
} NET_ADAPTER_OFFLOAD_RX_CHECKSUM_CAPABILITIES;
FORCEINLINE VOID NET_ADAPTER_OFFLOAD_RX_CHECKSUM_CAPABILITIES_INIT(
    NET_ADAPTER_OFFLOAD_RX_CHECKSUM_CAPABILITIES *Capabilities, PFN_NET_ADAPTER_OFFLOAD_SET_RX_CHECKSUM EvtSet)
{
    RtlZeroMemory(Capabilities, sizeof(*Capabilities));
    Capabilities->Size = sizeof(*Capabilities);
    Capabilities->EvtAdapterOffloadSetRxChecksum = EvtSet;
}
VOID NetAdapterOffloadSetRxChecksumCapabilities(NETADAPTER Adapter, NET_ADAPTER_OFFLOAD_RX_CHECKSUM_CAPABILITIES *Capabilities);
typedef struct _NET_ADAPTER_OFFLOAD_GSO_CAPABILITIES {
    ULONG Size;
    NET_ADAPTER_OFFLOAD_LAYER3_FLAGS Layer3Flags;
    NET_ADAPTER_OFFLOAD_LAYER4_FLAGS Layer4Flags;
    SIZE_T Layer4HeaderOffsetLimit;
    SIZE_T MaximumOffloadSize;
    SIZE_T MinimumSegmentCount;
    PFN_NET_ADAPTER_OFFLOAD_SET_GSO EvtAdapterOffloadSetGso;
} NET_ADAPTER_OFFLOAD_GSO_CAPABILITIES;
FORCEINLINE VOID NET_ADAPTER_OFFLOAD_GSO_CAPABILITIES_INIT(
    NET_ADAPTER_OFFLOAD_GSO_CAPABILITIES *Capabilities, NET_ADAPTER_OFFLOAD_LAYER3_FLAGS Layer3Flags,
    NET_ADAPTER_OFFLOAD_LAYER4_FLAGS Layer4Flags, SIZE_T MaximumOffloadSize, SIZE_T MinimumSegmentCount, PFN_NET_ADAPTER_OFFLOAD_SET_GSO EvtSet)
{
    RtlZeroMemory(Capabilities, sizeof(*Capabilities));
    Capabilities->Size = sizeof(*Capabilities);
    Capabilities->Layer3Flags = Layer3Flags;
    Capabilities->Layer4Flags = Layer4Flags;
    Capabilities->MaximumOffloadSize = MaximumOffloadSize;
    Capabilities->MinimumSegmentCount = MinimumSegmentCount;
    Capabilities->EvtAdapterOffloadSetGso = EvtSet;
}
VOID NetAdapterOffloadSetGsoCapabilities(NETADAPTER Adapter, NET_ADAPTER_OFFLOAD_GSO_CAPABILITIES *Capabilities);
typedef struct _NET_ADAPTER_OFFLOAD_RSC_CAPABILITIES {
    ULONG Size;
    NET_ADAPTER_OFFLOAD_LAYER3_FLAGS Layer3Flags;
    NET_ADAPTER_OFFLOAD_LAYER4_FLAGS Layer4Flags;
    BOOLEAN TcpTimestampOption;
    PFN_NET_ADAPTER_OFFLOAD_SET_RSC EvtAdapterOffloadSetRsc;
} NET_ADAPTER_OFFLOAD_RSC_CAPABILITIES;
FORCEINLINE VOID NET_ADAPTER_OFFLOAD_RSC_CAPABILITIES_INIT(
    NET_ADAPTER_OFFLOAD_RSC_CAPABILITIES *Capabilities, NET_ADAPTER_OFFLOAD_LAYER3_FLAGS Layer3Flags,
    NET_ADAPTER_OFFLOAD_LAYER4_FLAGS Layer4Flags, PFN_NET_ADAPTER_OFFLOAD_SET_RSC EvtSet)
{
    RtlZeroMemory(Capabilities, sizeof(*Capabilities));
    Capabilities->Size = sizeof(*Capabilities);
    Capabilities->Layer3Flags = Layer3Flags;
    Capabilities->Layer4Flags = Layer4Flags;
    Capabilities->EvtAdapterOffloadSetRsc = EvtSet;
}
VOID NetAdapterOffloadSetRscCapabilities(NETADAPTER Adapter, NET_ADAPTER_OFFLOAD_RSC_CAPABILITIES *Capabilities);
BOOLEAN NetOffloadIsTxChecksumIPv4Enabled(NETOFFLOAD Offload);
BOOLEAN NetOffloadIsTxChecksumTcpEnabled(NETOFFLOAD Offload);
BOOLEAN NetOffloadIsTxChecksumUdpEnabled(NETOFFLOAD Offload);
BOOLEAN NetOffloadIsRxChecksumIPv4Enabled(NETOFFLOAD Offload);
BOOLEAN NetOffloadIsRxChecksumTcpEnabled(NETOFFLOAD Offload);
BOOLEAN NetOffloadIsRxChecksumUdpEnabled(NETOFFLOAD Offload);
BOOLEAN NetOffloadIsLsoIPv4Enabled(NETOFFLOAD Offload);
BOOLEAN NetOffloadIsLsoIPv6Enabled(NETOFFLOAD Offload);
BOOLEAN NetOffloadIsUsoIPv4Enabled(NETOFFLOAD Offload);
BOOLEAN NetOffloadIsUsoIPv6Enabled(NETOFFLOAD Offload);
BOOLEAN NetOffloadIsTcpRscIPv4Enabled(NETOFFLOAD Offload);
BOOLEAN NetOffloadIsTcpRscIPv6Enabled(NETOFFLOAD Offload);
BOOLEAN NetOffloadIsTcpRscTimestampOptionEnabled(NETOFFLOAD Offload);
BOOLEAN NetOffloadIsUdpRscEnabled(NETOFFLOAD Offload);
typedef struct _NET_ADAPTER_WAKE_MEDIA_CHANGE_CAPABILITIES {
    ULONG Size;
    BOOLEAN MediaConnect;
    BOOLEAN MediaDisconnect;
} NET_ADAPTER_WAKE_MEDIA_CHANGE_CAPABILITIES;
VOID NET_ADAPTER_WAKE_MEDIA_CHANGE_CAPABILITIES_INIT(NET_ADAPTER_WAKE_MEDIA_CHANGE_CAPABILITIES *Capabilities);
VOID NetAdapterWakeSetMediaChangeCapabilities(NETADAPTER Adapter, NET_ADAPTER_WAKE_MEDIA_CHANGE_CAPABILITIES *Capabilities);
typedef struct _NET_ADAPTER_WAKE_PACKET_FILTER_CAPABILITIES {
    ULONG Size;
    BOOLEAN PacketFilterMatch;
} NET_ADAPTER_WAKE_PACKET_FILTER_CAPABILITIES;
VOID NET_ADAPTER_WAKE_PACKET_FILTER_CAPABILITIES_INIT(NET_ADAPTER_WAKE_PACKET_FILTER_CAPABILITIES *Capabilities);
VOID NetAdapterWakeSetPacketFilterCapabilities(NETADAPTER Adapter, NET_ADAPTER_WAKE_PACKET_FILTER_CAPABILITIES *Capabilities);
typedef struct _NET_ADAPTER_WAKE_BITMAP_CAPABILITIES {
    ULONG Size;
    BOOLEAN BitmapPattern;
    SIZE_T MaximumPatternCount;
    SIZE_T MaximumPatternSize;
} NET_ADAPTER_WAKE_BITMAP_CAPABILITIES;
VOID NET_ADAPTER_WAKE_BITMAP_CAPABILITIES_INIT(NET_ADAPTER_WAKE_BITMAP_CAPABILITIES *Capabilities);
VOID NetAdapterWakeSetBitmapCapabilities(NETADAPTER Adapter, NET_ADAPTER_WAKE_BITMAP_CAPABILITIES *Capabilities);
typedef struct _NET_ADAPTER_WAKE_MAGIC_PACKET_CAPABILITIES {
    ULONG Size;
    BOOLEAN MagicPacket;
} NET_ADAPTER_WAKE_MAGIC_PACKET_CAPABILITIES;
VOID NET_ADAPTER_WAKE_MAGIC_PACKET_CAPABILITIES_INIT(NET_ADAPTER_WAKE_MAGIC_PACKET_CAPABILITIES *Capabilities);
VOID NetAdapterWakeSetMagicPacketCapabilities(NETADAPTER Adapter, NET_ADAPTER_WAKE_MAGIC_PACKET_CAPABILITIES *Capabilities);
#ifdef __cplusplus
}
#endif
#endif
