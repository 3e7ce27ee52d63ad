/* Network buffers, their lists and queues, and the macros that reach into them. */
#ifndef NMRCHECK_NDIS_BUFFERS_H
#define NMRCHECK_NDIS_BUFFERS_H
#include "wdm.h"
#include "nmrcheck/ndis_types.h"

typedef enum _NDIS_NET_BUFFER_LIST_INFO {
    TcpIpChecksumNetBufferListInfo,
    TcpOffloadBytesTransferred = TcpIpChecksumNetBufferListInfo,
    IPsecOffloadV1NetBufferListInfo,
    IPsecOffloadV2NetBufferListInfo = IPsecOffloadV1NetBufferListInfo,
    TcpLargeSendNetBufferListInfo,
    TcpReceiveNoPush = TcpLargeSendNetBufferListInfo,
    UdpSegmentationOffloadInfo = TcpLargeSendNetBufferListInfo,
    ClassificationHandleNetBufferListInfo,
    Ieee8021QNetBufferListInfo,
    NetBufferListCancelId,
    MediaSpecificInformation,
    NetBufferListFrameType,
    NetBufferListProtocolId = NetBufferListFrameType,
    NetBufferListHashValue,
    NetBufferListHashInfo,
    WfpNetBufferListInfo,
    IPsecOffloadV2TunnelNetBufferListInfo,
    IPsecOffloadV2HeaderNetBufferListInfo,
    NetBufferListCorrelationId,
    NetBufferListFilteringInfo,
    MediaSpecificInformationEx,
    NblOriginalInterfaceIfIndex,
    NblReAuthWfpFlowContext = NblOriginalInterfaceIfIndex,
    TcpReceiveBytesTransferred,
    NrtNameResolutionId = TcpReceiveBytesTransferred,
    UdpRecvSegCoalesceOffloadInfo = TcpReceiveBytesTransferred,
    SwitchForwardingReserved,
    SwitchForwardingDetail,
    VirtualSubnetInfo,
    IMReserved,
    TcpRecvSegCoalesceInfo,
    RscTcpTimestampDelta,
    TcpSendOffloadsSupplementalNetBufferListInfo = RscTcpTimestampDelta,
    GftOffloadInformation,
    GftFlowEntryId,
    NDKPReserved,
    NetBufferListInfoReserved3,
    NetBufferListInfoReserved4,
    MaxNetBufferListInfo
} NDIS_NET_BUFFER_LIST_INFO, *PNDIS_NET_BUFFER_LIST_INFO;

typedef struct _NET_BUFFER NET_BUFFER, *PNET_BUFFER;
typedef struct _NET_BUFFER_LIST NET_BUFFER_LIST, *PNET_BUFFER_LIST;
typedef struct _NET_BUFFER_SHARED_MEMORY NET_BUFFER_SHARED_MEMORY, *PNET_BUFFER_SHARED_MEMORY;
struct _NET_BUFFER_SHARED_MEMORY {
    PNET_BUFFER_SHARED_MEMORY NextSharedMemorySegment;
    ULONG SharedMemoryFlags;
    NDIS_HANDLE SharedMemoryHandle;
    ULONG SharedMemoryOffset;
    ULONG SharedMemoryLength;
};
typedef union _NET_BUFFER_DATA_LENGTH {
    ULONG DataLength;
    SIZE_T stDataLength;
} NET_BUFFER_DATA_LENGTH, *PNET_BUFFER_DATA_LENGTH;
typedef struct _NET_BUFFER_DATA {
    PNET_BUFFER Next;
    PMDL CurrentMdl;
    ULONG CurrentMdlOffset;
    NET_BUFFER_DATA_LENGTH NbDataLength;
    PMDL MdlChain;
    ULONG DataOffset;
} NET_BUFFER_DATA, *PNET_BUFFER_DATA;
typedef union _NET_BUFFER_HEADER {
    NET_BUFFER_DATA NetBufferData;
    SLIST_HEADER Link;
} NET_BUFFER_HEADER, *PNET_BUFFER_HEADER;
struct _NET_BUFFER {
    union {
        struct {
            PNET_BUFFER Next;
            PMDL CurrentMdl;
            ULONG CurrentMdlOffset;
            union {
                ULONG DataLength;
                SIZE_T stDataLength;
            };
            PMDL MdlChain;
            ULONG DataOffset;
        };
        SLIST_HEADER Link;
        NET_BUFFER_HEADER NetBufferHeader;
    };
    USHORT ChecksumBias;
    USHORT Reserved;
    NDIS_HANDLE NdisPoolHandle;
    PVOID NdisReserved[2];
    PVOID ProtocolReserved[6];
    PVOID MiniportReserved[4];
    NDIS_PHYSICAL_ADDRESS DataPhysicalAddress;
    union {
        PNET_BUFFER_SHARED_MEMORY SharedMemoryInfo;
        PSCATTER_GATHER_LIST ScatterGatherList;
    };
};
typedef struct _NET_BUFFER_LIST_CONTEXT {
    struct _NET_BUFFER_LIST_CONTEXT *Next;
    USHORT Size;
    USHORT Offset;
    UCHAR ContextData[1];
} NET_BUFFER_LIST_CONTEXT, *PNET_BUFFER_LIST_CONTEXT;
typedef struct _NET_BUFFER_LIST_DATA {
    PNET_BUFFER_LIST Next;
    PNET_BUFFER FirstNetBuffer;
} NET_BUFFER_LIST_DATA, *PNET_BUFFER_LIST_DATA;
typedef union _NET_BUFFER_LIST_HEADER {
    NET_BUFFER_LIST_DATA NetBufferListData;
    SLIST_HEADER Link;
} NET_BUFFER_LIST_HEADER, *PNET_BUFFER_LIST_HEADER;
struct _NET_BUFFER_LIST {
    union {
        struct {
            PNET_BUFFER_LIST Next;
            PNET_BUFFER FirstNetBuffer;
        };
        SLIST_HEADER Link;
        NET_BUFFER_LIST_HEADER NetBufferListHeader;
    };
    PNET_BUFFER_LIST_CONTEXT Context;
    PNET_BUFFER_LIST ParentNetBufferList;
    NDIS_HANDLE NdisPoolHandle;
    PVOID NdisReserved[2];
    PVOID ProtocolReserved[4];
    PVOID MiniportReserved[2];
    PVOID Scratch;
    NDIS_HANDLE SourceHandle;
    ULONG NblFlags;
    LONG ChildRefCount;
    ULONG Flags;
    union {
        NDIS_STATUS Status;
        ULONG NdisReserved2;
    };
    PVOID NetBufferListInfo[MaxNetBufferListInfo];
};
typedef struct _NET_BUFFER_LIST_POOL_PARAMETERS {
    NDIS_OBJECT_HEADER Header;
    UCHAR ProtocolId;
    BOOLEAN fAllocateNetBuffer;
    USHORT ContextSize;
    ULONG PoolTag;
    ULONG DataSize;
    ULONG Flags;
} NET_BUFFER_LIST_POOL_PARAMETERS, *PNET_BUFFER_LIST_POOL_PARAMETERS;
typedef struct _NET_BUFFER_POOL_PARAMETERS {
    NDIS_OBJECT_HEADER Header;
    ULONG PoolTag;
    ULONG DataSize;
} NET_BUFFER_POOL_PARAMETERS, *PNET_BUFFER_POOL_PARAMETERS;
#define NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1 1
#define NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_2 2
#define NDIS_SIZEOF_NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_1 sizeof(NET_BUFFER_LIST_POOL_PARAMETERS)
#define NDIS_SIZEOF_NET_BUFFER_LIST_POOL_PARAMETERS_REVISION_2 sizeof(NET_BUFFER_LIST_POOL_PARAMETERS)
#define NET_BUFFER_POOL_PARAMETERS_REVISION_1 1
#define NDIS_SIZEOF_NET_BUFFER_POOL_PARAMETERS_REVISION_1 sizeof(NET_BUFFER_POOL_PARAMETERS)

#define NET_BUFFER_LIST_NEXT_NBL(nbl) ((nbl)->Next)
#define NET_BUFFER_LIST_FIRST_NB(nbl) ((nbl)->FirstNetBuffer)
#define NET_BUFFER_LIST_FLAGS(nbl) ((nbl)->Flags)
#define NET_BUFFER_LIST_NBL_FLAGS(nbl) ((nbl)->NblFlags)
#define NET_BUFFER_LIST_PROTOCOL_RESERVED(nbl) ((nbl)->ProtocolReserved)
#define NET_BUFFER_LIST_MINIPORT_RESERVED(nbl) ((nbl)->MiniportReserved)
#define NET_BUFFER_LIST_CONTEXT_DATA_START(nbl)                                                                        \
    ((PUCHAR)(((nbl)->Context) + 1) - 8 + ((nbl)->Context)->Offset)
#define NET_BUFFER_LIST_CONTEXT_DATA_SIZE(nbl) (((nbl)->Context)->Size)
#define NET_BUFFER_LIST_INFO(nbl, id) ((nbl)->NetBufferListInfo[(id)])
#define NET_BUFFER_LIST_STATUS(nbl) ((nbl)->Status)
#define NDIS_GET_NET_BUFFER_LIST_CANCEL_ID(nbl) ((nbl)->NetBufferListInfo[NetBufferListCancelId])
#define NDIS_SET_NET_BUFFER_LIST_CANCEL_ID(nbl, id) ((nbl)->NetBufferListInfo[NetBufferListCancelId] = (id))
#define NET_BUFFER_LIST_GET_HASH_TYPE(nbl)                                                                             \
    ((ULONG)(ULONG_PTR)((nbl)->NetBufferListInfo[NetBufferListHashInfo]) & NDIS_HASH_TYPE_MASK)
#define NET_BUFFER_LIST_GET_HASH_FUNCTION(nbl)                                                                         \
    ((ULONG)(ULONG_PTR)((nbl)->NetBufferListInfo[NetBufferListHashInfo]) & NDIS_HASH_FUNCTION_MASK)
#define NET_BUFFER_LIST_GET_HASH_VALUE(nbl) ((ULONG)(ULONG_PTR)((nbl)->NetBufferListInfo[NetBufferListHashValue]))
#define NET_BUFFER_LIST_SET_HASH_VALUE(nbl, v)                                                                         \
    ((nbl)->NetBufferListInfo[NetBufferListHashValue] = (PVOID)(ULONG_PTR)(v))
#define NET_BUFFER_LIST_SET_HASH_TYPE(nbl, v)                                                                          \
    ((nbl)->NetBufferListInfo[NetBufferListHashInfo] = (PVOID)(ULONG_PTR)(v))
#define NET_BUFFER_LIST_SET_HASH_FUNCTION(nbl, v)                                                                      \
    ((nbl)->NetBufferListInfo[NetBufferListHashInfo] = (PVOID)(ULONG_PTR)(v))
#define NET_BUFFER_LIST_RECEIVE_FILTER_ID(nbl) ((ULONG)(ULONG_PTR)(nbl)->NetBufferListInfo[NetBufferListFilteringInfo])
#define NET_BUFFER_NEXT_NB(nb) ((nb)->Next)
#define NET_BUFFER_FIRST_MDL(nb) ((nb)->MdlChain)
#define NET_BUFFER_DATA_LENGTH(nb) ((nb)->DataLength)
#define NET_BUFFER_DATA_OFFSET(nb) ((nb)->DataOffset)
#define NET_BUFFER_CURRENT_MDL(nb) ((nb)->CurrentMdl)
#define NET_BUFFER_CURRENT_MDL_OFFSET(nb) ((nb)->CurrentMdlOffset)
#define NET_BUFFER_PROTOCOL_RESERVED(nb) ((nb)->ProtocolReserved)
#define NET_BUFFER_MINIPORT_RESERVED(nb) ((nb)->MiniportReserved)
#define NET_BUFFER_CHECKSUM_BIAS(nb) ((nb)->ChecksumBias)
#define NET_BUFFER_FIRST_SHARED_MEM_INFO(nb) ((nb)->SharedMemoryInfo)
#define NET_BUFFER_SHARED_MEM_HANDLE(s) ((s)->SharedMemoryHandle)
#define NET_BUFFER_SHARED_MEM_OFFSET(s) ((s)->SharedMemoryOffset)
#define NET_BUFFER_SHARED_MEM_LENGTH(s) ((s)->SharedMemoryLength)
#define NET_BUFFER_SHARED_MEM_FLAGS(s) ((s)->SharedMemoryFlags)
#define NET_BUFFER_SCATTER_GATHER_LIST(nb) ((nb)->ScatterGatherList)
#define NET_BUFFER_SHARED_MEM_NEXT_SEGMENT(s) ((s)->NextSharedMemorySegment)
#define NdisSetNblFlag(nbl, f) ((nbl)->NblFlags |= (f))
#define NdisTestNblFlag(nbl, f) (((nbl)->NblFlags & (f)) != 0)
#define NdisTestNblFlags(nbl, f) (((nbl)->NblFlags & (f)) == (f))
#define NdisClearNblFlag(nbl, f) ((nbl)->NblFlags &= ~(f))
#define NBL_SET_FLAG(nbl, f) ((nbl)->Flags |= (f))
#define NBL_TEST_FLAG(nbl, f) (((nbl)->Flags & (f)) != 0)
#define NBL_CLEAR_FLAG(nbl, f) ((nbl)->Flags &= ~(f))

/* Queues of lists. */
typedef struct _NBL_QUEUE {
    PNET_BUFFER_LIST First;
    PNET_BUFFER_LIST *Last;
} NBL_QUEUE, *PNBL_QUEUE;
typedef struct _NBL_COUNTED_QUEUE {
    NBL_QUEUE Queue;
    SIZE_T NblCount;
} NBL_COUNTED_QUEUE, *PNBL_COUNTED_QUEUE;
static inline VOID NdisInitializeNblQueue(NBL_QUEUE *Queue)
{
    Queue->First = NULL;
    Queue->Last = &Queue->First;
}
static inline BOOLEAN NdisIsNblQueueEmpty(const NBL_QUEUE *Queue)
{
    return (BOOLEAN)(Queue->First == NULL);
}
static inline VOID NdisAppendNblChainToNblQueueFast(NBL_QUEUE *Queue, NET_BUFFER_LIST *First, NET_BUFFER_LIST *Last)
{
    *Queue->Last = First;
    Queue->Last = &Last->Next;
}
static inline NET_BUFFER_LIST *NdisLastNblInNblChain(NET_BUFFER_LIST *Nbl)
{
    while (Nbl->Next != NULL) {
        Nbl = Nbl->Next;
    }
    return Nbl;
}
static inline VOID NdisAppendNblChainToNblQueue(NBL_QUEUE *Queue, NET_BUFFER_LIST *Chain)
{
    NdisAppendNblChainToNblQueueFast(Queue, Chain, NdisLastNblInNblChain(Chain));
}
static inline VOID NdisAppendSingleNblToNblQueue(NBL_QUEUE *Queue, NET_BUFFER_LIST *Nbl)
{
    Nbl->Next = NULL;
    NdisAppendNblChainToNblQueueFast(Queue, Nbl, Nbl);
}
static inline VOID NdisAppendNblQueueToNblQueueFast(NBL_QUEUE *To, NBL_QUEUE *From)
{
    if (From->First != NULL) {
        *To->Last = From->First;
        To->Last = From->Last;
        NdisInitializeNblQueue(From);
    }
}
static inline NET_BUFFER_LIST *NdisPopFirstNblFromNblQueue(NBL_QUEUE *Queue)
{
    NET_BUFFER_LIST *Nbl = Queue->First;
    if (Nbl != NULL) {
        Queue->First = Nbl->Next;
        if (Queue->First == NULL) {
            Queue->Last = &Queue->First;
        }
        Nbl->Next = NULL;
    }
    return Nbl;
}
static inline NET_BUFFER_LIST *NdisPopAllFromNblQueue(NBL_QUEUE *Queue)
{
    NET_BUFFER_LIST *Nbl = Queue->First;
    NdisInitializeNblQueue(Queue);
    return Nbl;
}
static inline NET_BUFFER_LIST *NdisGetNblChainFromNblQueue(NBL_QUEUE *Queue)
{
    return Queue->First;
}
static inline VOID NdisInitializeNblCountedQueue(NBL_COUNTED_QUEUE *Queue)
{
    NdisInitializeNblQueue(&Queue->Queue);
    Queue->NblCount = 0;
}
static inline BOOLEAN NdisIsNblCountedQueueEmpty(const NBL_COUNTED_QUEUE *Queue)
{
    return (BOOLEAN)(Queue->NblCount == 0);
}
static inline VOID NdisAppendSingleNblToNblCountedQueue(NBL_COUNTED_QUEUE *Queue, NET_BUFFER_LIST *Nbl)
{
    NdisAppendSingleNblToNblQueue(&Queue->Queue, Nbl);
    Queue->NblCount++;
}
static inline VOID NdisAppendNblChainToNblCountedQueueFast(NBL_COUNTED_QUEUE *Queue, NET_BUFFER_LIST *First,
                                                           NET_BUFFER_LIST *Last, SIZE_T Count)
{
    NdisAppendNblChainToNblQueueFast(&Queue->Queue, First, Last);
    Queue->NblCount += Count;
}
static inline VOID NdisAppendNblCountedQueueToNblCountedQueueFast(NBL_COUNTED_QUEUE *To, NBL_COUNTED_QUEUE *From)
{
    NdisAppendNblQueueToNblQueueFast(&To->Queue, &From->Queue);
    To->NblCount += From->NblCount;
    From->NblCount = 0;
}
static inline NET_BUFFER_LIST *NdisPopFirstNblFromNblCountedQueue(NBL_COUNTED_QUEUE *Queue)
{
    NET_BUFFER_LIST *Nbl = NdisPopFirstNblFromNblQueue(&Queue->Queue);
    if (Nbl != NULL) {
        Queue->NblCount--;
    }
    return Nbl;
}
static inline NET_BUFFER_LIST *NdisPopAllFromNblCountedQueue(NBL_COUNTED_QUEUE *Queue)
{
    Queue->NblCount = 0;
    return NdisPopAllFromNblQueue(&Queue->Queue);
}
static inline NET_BUFFER_LIST *NdisGetNblChainFromNblCountedQueue(NBL_COUNTED_QUEUE *Queue)
{
    return Queue->Queue.First;
}
static inline SIZE_T NdisNumNblsInNblChain(NET_BUFFER_LIST *Nbl)
{
    SIZE_T Count = 0;
    for (; Nbl != NULL; Nbl = Nbl->Next) {
        Count++;
    }
    return Count;
}
static inline VOID NdisSetStatusInNblChain(NET_BUFFER_LIST *Nbl, NDIS_STATUS Status)
{
    for (; Nbl != NULL; Nbl = Nbl->Next) {
        Nbl->Status = Status;
    }
}
typedef BOOLEAN NDIS_NBL_CLASSIFICATION_CB(PVOID ClassificationContext, NET_BUFFER_LIST *Nbl);
typedef ULONG_PTR NDIS_NBL_CLASSIFICATION_INDEX_CB(PVOID ClassificationContext, NET_BUFFER_LIST *Nbl);
typedef VOID NDIS_NBL_FLUSH_CB(PVOID FlushContext, ULONG_PTR ClassificationResult, NBL_COUNTED_QUEUE *Queue);
#ifdef __cplusplus
extern "C" {
#endif
VOID NdisClassifyNblChain(NET_BUFFER_LIST *NblChain, NDIS_NBL_CLASSIFICATION_INDEX_CB *ClassificationCallback,
                          PVOID ClassificationContext, NDIS_NBL_FLUSH_CB *FlushCallback, PVOID FlushContext);
VOID NdisClassifyNblChainByValue(NET_BUFFER_LIST *NblChain, NDIS_NBL_CLASSIFICATION_INDEX_CB *ClassificationCallback,
                                 PVOID ClassificationContext, NDIS_NBL_FLUSH_CB *FlushCallback, PVOID FlushContext);
VOID NdisClassifyNblChainByValueLookahead(NET_BUFFER_LIST *NblChain,
                                          NDIS_NBL_CLASSIFICATION_INDEX_CB *ClassificationCallback,
                                          PVOID ClassificationContext, NDIS_NBL_FLUSH_CB *FlushCallback,
                                          PVOID FlushContext);
VOID NdisClassifyNblChain2(NET_BUFFER_LIST *NblChain, NDIS_NBL_CLASSIFICATION_CB *ClassificationCallback,
                           PVOID ClassificationContext, NBL_COUNTED_QUEUE *FailQueue, NBL_COUNTED_QUEUE *PassQueue);
VOID NdisPartitionNblChain(NET_BUFFER_LIST *NblChain, NDIS_NBL_CLASSIFICATION_CB *Callback, PVOID Context,
                           NBL_QUEUE *FailQueue, NBL_QUEUE *PassQueue);
VOID NdisPartitionNblChainWithCount(NET_BUFFER_LIST *NblChain, NDIS_NBL_CLASSIFICATION_CB *Callback, PVOID Context,
                                    NBL_COUNTED_QUEUE *FailQueue, NBL_COUNTED_QUEUE *PassQueue);
#ifdef __cplusplus
}
#endif
#endif
