/* What a packet or fragment carries besides itself. */
#ifndef NMRCHECK_NET_EXTENSION_H
#define NMRCHECK_NET_EXTENSION_H
#include "net/ring.h"
typedef enum _NET_EXTENSION_TYPE { NetExtensionTypePacket, NetExtensionTypeFragment } NET_EXTENSION_TYPE;
typedef struct _NET_EXTENSION {
    void *Reserved[4];
    BOOLEAN Enabled;
} NET_EXTENSION;
typedef struct _NET_FRAGMENT_VIRTUAL_ADDRESS {
    void *VirtualAddress;
} NET_FRAGMENT_VIRTUAL_ADDRESS;
#define NET_FRAGMENT_EXTENSION_VIRTUAL_ADDRESS_NAME L"ms_fragment_virtualaddress"
#define NET_FRAGMENT_EXTENSION_VIRTUAL_ADDRESS_VERSION_1 1U
#define NET_FRAGMENT_EXTENSION_VIRTUAL_ADDRESS_VERSION_SIZE sizeof(NET_FRAGMENT_VIRTUAL_ADDRESS)
#ifdef __cplusplus
extern "C"
#endif
NET_FRAGMENT_VIRTUAL_ADDRESS *NetExtensionGetFragmentVirtualAddress(const NET_EXTENSION *Extension, UINT32 Index);
typedef struct _NET_FRAGMENT_LOGICAL_ADDRESS {
    UINT64 LogicalAddress;
} NET_FRAGMENT_LOGICAL_ADDRESS;
#define NET_FRAGMENT_EXTENSION_LOGICAL_ADDRESS_NAME L"ms_fragment_logicaladdress"
#define NET_FRAGMENT_EXTENSION_LOGICAL_ADDRESS_VERSION_1 1U
#define NET_FRAGMENT_EXTENSION_LOGICAL_ADDRESS_VERSION_SIZE sizeof(NET_FRAGMENT_LOGICAL_ADDRESS)
#ifdef __cplusplus
extern "C"
#endif
NET_FRAGMENT_LOGICAL_ADDRESS *NetExtensionGetFragmentLogicalAddress(const NET_EXTENSION *Extension, UINT32 Index);
typedef struct _NET_FRAGMENT_MDL {
    struct _MDL *Mdl;
} NET_FRAGMENT_MDL;
#define NET_FRAGMENT_EXTENSION_MDL_NAME L"ms_fragment_mdl"
#define NET_FRAGMENT_EXTENSION_MDL_VERSION_1 1U
#define NET_FRAGMENT_EXTENSION_MDL_VERSION_SIZE sizeof(NET_FRAGMENT_MDL)
#ifdef __cplusplus
extern "C"
#endif
NET_FRAGMENT_MDL *NetExtensionGetFragmentMdl(const NET_EXTENSION *Extension, UINT32 Index);
typedef struct _NET_FRAGMENT_RETURN_CONTEXT {
    struct NETFRAGMENTRETURNCONTEXT__ *Handle;
} NET_FRAGMENT_RETURN_CONTEXT;
#define NET_FRAGMENT_EXTENSION_RETURN_CONTEXT_NAME L"ms_fragment_returncontext"
#define NET_FRAGMENT_EXTENSION_RETURN_CONTEXT_VERSION_1 1U
#define NET_FRAGMENT_EXTENSION_RETURN_CONTEXT_VERSION_SIZE sizeof(NET_FRAGMENT_RETURN_CONTEXT)
#ifdef __cplusplus
extern "C"
#endif
NET_FRAGMENT_RETURN_CONTEXT *NetExtensionGetFragmentReturnContext(const NET_EXTENSION *Extension, UINT32 Index);
typedef struct _NET_FRAGMENT_DATA_BUFFER {
    struct NETDATABUFFER__ *Handle;
} NET_FRAGMENT_DATA_BUFFER;
#define NET_FRAGMENT_EXTENSION_DATA_BUFFER_NAME L"ms_fragment_databuffer"
#define NET_FRAGMENT_EXTENSION_DATA_BUFFER_VERSION_1 1U
#define NET_FRAGMENT_EXTENSION_DATA_BUFFER_VERSION_SIZE sizeof(NET_FRAGMENT_DATA_BUFFER)
#ifdef __cplusplus
extern "C"
#endif
NET_FRAGMENT_DATA_BUFFER *NetExtensionGetFragmentDataBuffer(const NET_EXTENSION *Extension, UINT32 Index);
typedef struct _NET_PACKET_CHECKSUM {
    UINT8 Layer2 : 2;
    UINT8 Layer3 : 2;
    UINT8 Layer4 : 2;
    UINT8 Reserved : 2;
} NET_PACKET_CHECKSUM;
#define NET_PACKET_EXTENSION_CHECKSUM_NAME L"ms_packet_checksum"
#define NET_PACKET_EXTENSION_CHECKSUM_VERSION_1 1U
#define NET_PACKET_EXTENSION_CHECKSUM_VERSION_SIZE sizeof(NET_PACKET_CHECKSUM)
#ifdef __cplusplus
extern "C"
#endif
NET_PACKET_CHECKSUM *NetExtensionGetPacketChecksum(const NET_EXTENSION *Extension, UINT32 Index);
typedef struct _NET_PACKET_GSO {
    union {
        struct {
            UINT32 Mss : 20;
            UINT32 Reserved0 : 12;
        } TCP;
        struct {
            UINT32 Mss : 20;
            UINT32 Reserved0 : 12;
        } UDP;
    };
} NET_PACKET_GSO;
#define NET_PACKET_EXTENSION_GSO_NAME L"ms_packet_gso"
#define NET_PACKET_EXTENSION_GSO_VERSION_1 1U
#define NET_PACKET_EXTENSION_GSO_VERSION_SIZE sizeof(NET_PACKET_GSO)
#ifdef __cplusplus
extern "C"
#endif
NET_PACKET_GSO *NetExtensionGetPacketGso(const NET_EXTENSION *Extension, UINT32 Index);
typedef struct _NET_PACKET_RSC {
    union {
        struct {
            UINT16 CoalescedSegmentCount;
            UINT16 DuplicateAckCount;
        } TCP;
        struct {
            UINT16 CoalescedSegmentCount;
            UINT16 CoalescedSegmentSize;
        } UDP;
    };
} NET_PACKET_RSC;
#define NET_PACKET_EXTENSION_RSC_NAME L"ms_packet_rsc"
#define NET_PACKET_EXTENSION_RSC_VERSION_1 1U
#define NET_PACKET_EXTENSION_RSC_VERSION_2 2U
#define NET_PACKET_EXTENSION_RSC_VERSION_SIZE sizeof(NET_PACKET_RSC)
#ifdef __cplusplus
extern "C"
#endif
NET_PACKET_RSC *NetExtensionGetPacketRsc(const NET_EXTENSION *Extension, UINT32 Index);
typedef struct _NET_PACKET_RSC_TIMESTAMP {
    UINT32 RscTcpTimestampDelta;
} NET_PACKET_RSC_TIMESTAMP;
#define NET_PACKET_EXTENSION_RSC_TIMESTAMP_NAME L"ms_packet_rsctimestamp"
#define NET_PACKET_EXTENSION_RSC_TIMESTAMP_VERSION_1 1U
#define NET_PACKET_EXTENSION_RSC_TIMESTAMP_VERSION_SIZE sizeof(NET_PACKET_RSC_TIMESTAMP)
#ifdef __cplusplus
extern "C"
#endif
NET_PACKET_RSC_TIMESTAMP *NetExtensionGetPacketRscTimestamp(const NET_EXTENSION *Extension, UINT32 Index);
typedef struct _NET_PACKET_HASH {
    UINT32 HashValue;
    UINT32 HashType;
} NET_PACKET_HASH;
#define NET_PACKET_EXTENSION_HASH_NAME L"ms_packet_hash"
#define NET_PACKET_EXTENSION_HASH_VERSION_1 1U
#define NET_PACKET_EXTENSION_HASH_VERSION_SIZE sizeof(NET_PACKET_HASH)
#ifdef __cplusplus
extern "C"
#endif
NET_PACKET_HASH *NetExtensionGetPacketHash(const NET_EXTENSION *Extension, UINT32 Index);
typedef struct _NET_PACKET_IEEE8021Q {
    UINT32 PriorityCodePoint : 3;
    UINT32 VlanIdentifier : 12;
    UINT32 TxTagging : 2;
} NET_PACKET_IEEE8021Q;
#define NET_PACKET_EXTENSION_IEEE8021Q_NAME L"ms_packet_ieee8021q"
#define NET_PACKET_EXTENSION_IEEE8021Q_VERSION_1 1U
#define NET_PACKET_EXTENSION_IEEE8021Q_VERSION_SIZE sizeof(NET_PACKET_IEEE8021Q)
#ifdef __cplusplus
extern "C"
#endif
NET_PACKET_IEEE8021Q *NetExtensionGetPacketIeee8021Q(const NET_EXTENSION *Extension, UINT32 Index);
typedef struct _NET_PACKET_WIFI_EXEMPTION_ACTION {
    UINT8 ExemptionAction;
} NET_PACKET_WIFI_EXEMPTION_ACTION;
#define NET_PACKET_EXTENSION_WIFI_EXEMPTION_ACTION_NAME L"ms_packet_wifiexemptionaction"
#define NET_PACKET_EXTENSION_WIFI_EXEMPTION_ACTION_VERSION_1 1U
#define NET_PACKET_EXTENSION_WIFI_EXEMPTION_ACTION_VERSION_SIZE sizeof(NET_PACKET_WIFI_EXEMPTION_ACTION)
#ifdef __cplusplus
extern "C"
#endif
NET_PACKET_WIFI_EXEMPTION_ACTION *NetExtensionGetPacketWifiExemptionAction(const NET_EXTENSION *Extension, UINT32 Index);
typedef enum _NET_PACKET_TX_CHECKSUM_ACTION {
    NetPacketTxChecksumActionPassthrough,
    NetPacketTxChecksumActionRequired = 2
} NET_PACKET_TX_CHECKSUM_ACTION;
typedef enum _NET_PACKET_RX_CHECKSUM_EVALUATION {
    NetPacketRxChecksumEvaluationNotChecked,
    NetPacketRxChecksumEvaluationValid,
    NetPacketRxChecksumEvaluationInvalid
} NET_PACKET_RX_CHECKSUM_EVALUATION;
#endif
