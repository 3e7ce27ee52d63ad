/* Locks, events, timers, work items and other objects of NDIS, and functions that the documentation gives as macros. */
#ifndef NMRCHECK_NDIS_OBJECTS_H
#define NMRCHECK_NDIS_OBJECTS_H
#include "ntddndis.h"
#include "nmrcheck/ndis_buffers.h"

typedef struct _NDIS_SPIN_LOCK {
    KSPIN_LOCK SpinLock;
    KIRQL OldIrql;
} NDIS_SPIN_LOCK, *PNDIS_SPIN_LOCK;
typedef struct _NDIS_EVENT {
    KEVENT Event;
} NDIS_EVENT, *PNDIS_EVENT;
typedef struct _NDIS_RW_LOCK_EX NDIS_RW_LOCK_EX, *PNDIS_RW_LOCK_EX;
typedef struct _NDIS_RW_LOCK {
    KSPIN_LOCK SpinLock;
    PVOID Context;
    ULONG_PTR RefCount[8];
} NDIS_RW_LOCK, *PNDIS_RW_LOCK;
typedef struct _LOCK_STATE {
    USHORT LockState;
    KIRQL OldIrql;
} LOCK_STATE, *PLOCK_STATE;
typedef struct _LOCK_STATE_EX {
    KIRQL OldIrql;
    UCHAR LockState;
    UCHAR Flags;
} LOCK_STATE_EX, *PLOCK_STATE_EX;
typedef struct _NDIS_CONFIGURATION_OBJECT {
    NDIS_OBJECT_HEADER Header;
    NDIS_HANDLE NdisHandle;
    ULONG Flags;
} NDIS_CONFIGURATION_OBJECT, *PNDIS_CONFIGURATION_OBJECT;
struct _NDIS_WORK_ITEM;
typedef VOID (*NDIS_PROC)(struct _NDIS_WORK_ITEM *WorkItem, PVOID Context);
typedef struct _NDIS_WORK_ITEM {
    PVOID Context;
    NDIS_PROC Routine;
    UCHAR WrapperReserved[8 * sizeof(PVOID)];
} NDIS_WORK_ITEM, *PNDIS_WORK_ITEM;
_IRQL_requires_max_(PASSIVE_LEVEL)
typedef VOID NDIS_IO_WORKITEM(PVOID WorkItemContext, NDIS_HANDLE NdisIoWorkItemHandle);
typedef NDIS_IO_WORKITEM *NDIS_IO_WORKITEM_ROUTINE;
typedef NDIS_IO_WORKITEM NDIS_IO_WORKITEM_FUNCTION;
_IRQL_requires_(DISPATCH_LEVEL)
typedef VOID NDIS_TIMER_FUNCTION(PVOID SystemSpecific1, PVOID FunctionContext, PVOID SystemSpecific2,
                                 PVOID SystemSpecific3);
typedef NDIS_TIMER_FUNCTION *PNDIS_TIMER_FUNCTION;
typedef NDIS_STATUS MINIPORT_SYNCHRONOUS_OID_REQUEST(NDIS_HANDLE MiniportAdapterContext, PNDIS_OID_REQUEST OidRequest);
typedef MINIPORT_SYNCHRONOUS_OID_REQUEST *MINIPORT_SYNCHRONOUS_OID_REQUEST_HANDLER;
typedef NDIS_STATUS FILTER_SYNCHRONOUS_OID_REQUEST(NDIS_HANDLE FilterModuleContext, PNDIS_OID_REQUEST OidRequest,
                                                   PVOID *CallContext);
typedef FILTER_SYNCHRONOUS_OID_REQUEST *FILTER_SYNCHRONOUS_OID_REQUEST_HANDLER;
typedef VOID FILTER_SYNCHRONOUS_OID_REQUEST_COMPLETE(NDIS_HANDLE FilterModuleContext, PNDIS_OID_REQUEST OidRequest,
                                                     NDIS_STATUS *Status, PVOID CallContext);
typedef FILTER_SYNCHRONOUS_OID_REQUEST_COMPLETE *FILTER_SYNCHRONOUS_OID_REQUEST_COMPLETE_HANDLER;
typedef NDIS_STATUS SET_OPTIONS(NDIS_HANDLE NdisDriverHandle, NDIS_HANDLE DriverContext);
typedef SET_OPTIONS *SET_OPTIONS_HANDLER;
typedef SET_OPTIONS FILTER_SET_OPTIONS, MINIPORT_SET_OPTIONS, PROTOCOL_SET_OPTIONS;
typedef KMUTEX NDIS_MUTEX, *PNDIS_MUTEX;
#define NDIS_INIT_MUTEX(m) KeInitializeMutex(m, 0xFFFF)
#define NDIS_WAIT_FOR_MUTEX(m) KeWaitForSingleObject(m, Executive, KernelMode, FALSE, NULL)
#define NDIS_RELEASE_MUTEX(m) KeReleaseMutex(m, FALSE)
typedef struct _NDIS_TIMER_CHARACTERISTICS {
    NDIS_OBJECT_HEADER Header;
    ULONG AllocationTag;
    PNDIS_TIMER_FUNCTION TimerFunction;
    PVOID FunctionContext;
} NDIS_TIMER_CHARACTERISTICS, *PNDIS_TIMER_CHARACTERISTICS;
#define NDIS_TIMER_CHARACTERISTICS_REVISION_1 1
#define NDIS_SIZEOF_TIMER_CHARACTERISTICS_REVISION_1 sizeof(NDIS_TIMER_CHARACTERISTICS)
_IRQL_requires_max_(PASSIVE_LEVEL)
typedef VOID MINIPORT_UNLOAD(PDRIVER_OBJECT DriverObject);
typedef MINIPORT_UNLOAD *MINIPORT_DRIVER_UNLOAD;
typedef struct _NDIS_OFFLOAD_BLOCK_LIST *PNDIS_OFFLOAD_BLOCK_LIST;
typedef struct _NDIS_DRIVER_OPTIONAL_HANDLERS {
    NDIS_OBJECT_HEADER Header;
} NDIS_DRIVER_OPTIONAL_HANDLERS, *PNDIS_DRIVER_OPTIONAL_HANDLERS;
typedef struct _CM_PARTIAL_RESOURCE_LIST NDIS_RESOURCE_LIST, *PNDIS_RESOURCE_LIST;
typedef struct _NDIS_POLL_RECEIVE_DATA {
    ULONG MaxNblsToIndicate;
    ULONG Flags;
    ULONG NumberOfIndicatedNbls;
    ULONG NumberOfRemainingNbls;
    NET_BUFFER_LIST *IndicatedNblChain;
} NDIS_POLL_RECEIVE_DATA;
typedef struct _NDIS_POLL_TRANSMIT_DATA {
    ULONG MaxNblsToComplete;
    ULONG Flags;
    ULONG NumberOfCompletedNbls;
    ULONG NumberOfRemainingNbls;
    NET_BUFFER_LIST *CompletedNblChain;
} NDIS_POLL_TRANSMIT_DATA;
typedef struct _NDIS_POLL_DATA {
    NDIS_POLL_RECEIVE_DATA Receive;
    NDIS_POLL_TRANSMIT_DATA Transmit;
} NDIS_POLL_DATA;
typedef struct _NDIS_POLL_NOTIFICATION {
    NDIS_OBJECT_HEADER Header;
    BOOLEAN Enabled;
} NDIS_POLL_NOTIFICATION;
typedef VOID NDIS_POLL(PVOID Context, NDIS_POLL_DATA *PollData);
typedef NDIS_POLL *NDIS_POLL_HANDLER;
typedef VOID NDIS_SET_POLL_NOTIFICATION(PVOID Context, NDIS_POLL_NOTIFICATION *Notification);
typedef NDIS_SET_POLL_NOTIFICATION *NDIS_SET_POLL_NOTIFICATION_HANDLER;
typedef struct _NDIS_POLL_CHARACTERISTICS {
    NDIS_OBJECT_HEADER Header;
    NDIS_SET_POLL_NOTIFICATION_HANDLER SetPollNotificationHandler;
    NDIS_POLL_HANDLER PollHandler;
} NDIS_POLL_CHARACTERISTICS;
#define NDIS_POLL_CHARACTERISTICS_REVISION_1 1
#define NDIS_SIZEOF_NDIS_POLL_CHARACTERISTICS_REVISION_1 sizeof(NDIS_POLL_CHARACTERISTICS)
#define NDIS_ANY_NUMBER_OF_NBLS ((ULONG)-1)
typedef struct _NDIS_INTERFACE_INFORMATION {
    NET_IF_OPER_STATUS ifOperStatus;
    ULONG ifOperStatusFlags;
    NET_IF_MEDIA_CONNECT_STATE MediaConnectState;
    NET_IF_MEDIA_DUPLEX_STATE MediaDuplexState;
    ULONG ifMtu;
    BOOLEAN ifPromiscuousMode;
    BOOLEAN ifDeviceWakeUpEnable;
    ULONG64 XmitLinkSpeed, RcvLinkSpeed, ifLastChange, ifCounterDiscontinuityTime, ifInUnknownProtos, ifInDiscards,
        ifInErrors, ifHCInOctets, ifHCInUcastPkts, ifHCInMulticastPkts, ifHCInBroadcastPkts, ifHCOutOctets,
        ifHCOutUcastPkts, ifHCOutMulticastPkts, ifHCOutBroadcastPkts, ifOutErrors, ifOutDiscards;
} NDIS_INTERFACE_INFORMATION, *PNDIS_INTERFACE_INFORMATION;
typedef struct _CO_ADDRESS_FAMILY *PCO_ADDRESS_FAMILY;
typedef struct _CO_CALL_PARAMETERS *PCO_CALL_PARAMETERS;
typedef struct _CO_SAP *PCO_SAP;
typedef struct _VAR_STRING {
    USHORT Size;
    USHORT Flags;
    UCHAR String[1];
} VAR_STRING, *PVAR_STRING;
typedef struct _NDIS_DMA_DESCRIPTION *PNDIS_DMA_DESCRIPTION;

#ifdef __cplusplus
extern "C" {
#endif
KIRQL NDIS_CURRENT_IRQL(VOID);
VOID NDIS_RAISE_IRQL_TO_DISPATCH(PKIRQL OldIrql);
VOID NDIS_LOWER_IRQL(KIRQL NewIrql, KIRQL CurrentIrql);
VOID NdisAllocateSpinLock(PNDIS_SPIN_LOCK SpinLock);
VOID NdisFreeSpinLock(PNDIS_SPIN_LOCK SpinLock);
VOID NdisAcquireSpinLock(PNDIS_SPIN_LOCK SpinLock);
VOID NdisReleaseSpinLock(PNDIS_SPIN_LOCK SpinLock);
VOID NdisDprAcquireSpinLock(PNDIS_SPIN_LOCK SpinLock);
VOID NdisDprReleaseSpinLock(PNDIS_SPIN_LOCK SpinLock);
PNDIS_RW_LOCK_EX NdisAllocateRWLock(NDIS_HANDLE NdisHandle);
VOID NdisFreeRWLock(PNDIS_RW_LOCK_EX Lock);
VOID NdisAcquireRWLockRead(PNDIS_RW_LOCK_EX Lock, PLOCK_STATE_EX LockState, UCHAR Flags);
VOID NdisAcquireRWLockWrite(PNDIS_RW_LOCK_EX Lock, PLOCK_STATE_EX LockState, UCHAR Flags);
VOID NdisReleaseRWLock(PNDIS_RW_LOCK_EX Lock, PLOCK_STATE_EX LockState);
VOID NdisInitializeEvent(PNDIS_EVENT Event);
VOID NdisSetEvent(PNDIS_EVENT Event);
VOID NdisResetEvent(PNDIS_EVENT Event);
BOOLEAN NdisWaitEvent(PNDIS_EVENT Event, UINT MsToWait);
VOID NdisMSleep(ULONG MicrosecondsToSleep);
PVOID NdisAllocateMemoryWithTagPriority(NDIS_HANDLE NdisHandle, UINT Length, ULONG Tag, EX_POOL_PRIORITY Priority);
NDIS_STATUS NdisAllocateMemoryWithTag(PVOID *VirtualAddress, UINT Length, ULONG Tag);
VOID NdisFreeMemory(PVOID VirtualAddress, UINT Length, UINT MemoryFlags);
VOID NdisFreeMemoryWithTag(PVOID VirtualAddress, ULONG Tag);
VOID NdisFreeMemoryWithTagPriority(NDIS_HANDLE NdisHandle, PVOID VirtualAddress, ULONG Tag);
VOID NdisZeroMemory(PVOID Destination, SIZE_T Length);
VOID NdisMoveMemory(PVOID Destination, const VOID *Source, SIZE_T Length);
VOID NdisFillMemory(PVOID Destination, SIZE_T Length, UCHAR Fill);
ULONG NdisEqualMemory(const VOID *Source1, const VOID *Source2, SIZE_T Length);
VOID NdisAdvanceNetBufferDataStart(PNET_BUFFER NetBuffer, ULONG DataOffsetDelta, BOOLEAN FreeMdl, PVOID FreeMdlHandler);
NDIS_STATUS NdisRetreatNetBufferDataStart(PNET_BUFFER NetBuffer, ULONG DataOffsetDelta, ULONG DataBackFill,
                                          PVOID AllocateMdlHandler);
VOID NdisInitializeReadWriteLock(PNDIS_RW_LOCK Lock);
VOID NdisAcquireReadWriteLock(PNDIS_RW_LOCK Lock, BOOLEAN fWrite, PLOCK_STATE LockState);
VOID NdisReleaseReadWriteLock(PNDIS_RW_LOCK Lock, PLOCK_STATE LockState);
VOID NdisInitUnicodeString(PNDIS_STRING DestinationString, PCWSTR SourceString);
VOID NdisFreeString(NDIS_STRING String);
VOID NdisGetSystemUpTimeEx(PLARGE_INTEGER pSystemUpTime);
VOID NdisGetSystemUpTime(PULONG pSystemUpTime);
VOID NdisGetCurrentSystemTime(PLARGE_INTEGER pCurrentTime);
VOID NdisStallExecution(UINT MicrosecondsToStall);
VOID NdisQueryMdl(PMDL Mdl, PVOID *VirtualAddress, UINT *Length, EX_POOL_PRIORITY Priority);
VOID NdisQueryBufferSafe(PNDIS_BUFFER Buffer, PVOID *VirtualAddress, UINT *Length, EX_POOL_PRIORITY Priority);
PVOID NdisBufferVirtualAddress(PNDIS_BUFFER Buffer);
NDIS_STATUS NdisRegisterPoll(NDIS_HANDLE NdisHandle, PVOID Context, NDIS_POLL_CHARACTERISTICS *PollCharacteristics,
                             NDIS_POLL_HANDLE *PollHandle);
VOID NdisDeregisterPoll(NDIS_POLL_HANDLE PollHandle);
VOID NdisRequestPoll(NDIS_POLL_HANDLE PollHandle, PVOID Reserved);
VOID NdisSetPollAffinity(NDIS_POLL_HANDLE PollHandle, const PROCESSOR_NUMBER *PollAffinity);
NTSTATUS NdisConvertNtStatusToNdisStatus(NTSTATUS NtStatus, PNDIS_STATUS NdisStatus);
#ifdef __cplusplus
}
#endif
#define NdisGetNextMdl(CurrentMdl, NextMdl) (*(NextMdl) = (CurrentMdl)->Next)
#define NdisGetMdlPhysicalArraySize(Mdl, Size) (*(Size) = ADDRESS_AND_SIZE_TO_SPAN_PAGES((Mdl)->StartVa, (Mdl)->ByteCount))
#define NdisConvertNdisStatusToNtStatus(s) ((NTSTATUS)(s))
#define NDIS_MDL_LINKAGE(Mdl) ((Mdl)->Next)
#define NDIS_BUFFER_LINKAGE(Buffer) ((Buffer)->Next)
#define NBL_TEST_PROT_RSVD_FLAG(nbl, f) (((nbl)->Flags & ((f)&NBL_PROT_RSVD_FLAGS)) != 0)
#define NBL_SET_PROT_RSVD_FLAG(nbl, f) ((nbl)->Flags |= ((f)&NBL_PROT_RSVD_FLAGS))
#define NBL_CLEAR_PROT_RSVD_FLAG(nbl, f) ((nbl)->Flags &= ~((f)&NBL_PROT_RSVD_FLAGS))
#define NBL_MP_RSVD_FLAGS NDIS_NBL_FLAGS_MINIPORT_RESERVED
#define NET_BUFFER_LIST_RECEIVE_QUEUE_ID(nbl) (((PNDIS_NET_BUFFER_LIST_FILTERING_INFO)&(nbl)->NetBufferListInfo[NetBufferListFilteringInfo])->FilteringInfo.QueueVPortInfo.QueueId)
#define NET_BUFFER_LIST_SWITCH_FORWARDING_DETAIL(nbl)                                                                  \
    ((PNDIS_SWITCH_FORWARDING_DETAIL_NET_BUFFER_LIST_INFO)&((nbl)->NetBufferListInfo[SwitchForwardingDetail]))
#define NdisInterlockedIncrement(Addend) InterlockedIncrement(Addend)
#define NdisInterlockedDecrement(Addend) InterlockedDecrement(Addend)
#define NdisInterlockedInsertHeadList(h, e, l) ExInterlockedInsertHeadList(h, e, &(l)->SpinLock)
#define NdisInterlockedInsertTailList(h, e, l) ExInterlockedInsertTailList(h, e, &(l)->SpinLock)
#define NdisInterlockedRemoveHeadList(h, l) ExInterlockedRemoveHeadList(h, &(l)->SpinLock)
#define NdisInterlockedAddLargeInteger(a, i, l) ExInterlockedAddLargeInteger(a, i, &(l)->SpinLock)
#define NdisInterlockedAddUlong(a, i, l) ExInterlockedAddUlong(a, i, &(l)->SpinLock)
#define NdisInitializeListHead(l) InitializeListHead(l)
#define NdisMoveMappedMemory(d, s, l) RtlCopyMemory(d, s, l)
#define NdisZeroMappedMemory(d, l) RtlZeroMemory(d, l)
#define NdisMoveToMappedMemory(d, s, l) RtlCopyMemory(d, s, l)
#define NdisMoveFromMappedMemory(d, s, l) RtlCopyMemory(d, s, l)
#define NdisInitializeString(d, s) NdisInitUnicodeString(d, s)
#define NdisEqualUnicodeString(a, b, c) RtlEqualUnicodeString(a, b, c)
#define NdisUnicodeStringToAnsiString(d, s) RtlUnicodeStringToAnsiString(d, s, FALSE)
#define NdisAnsiStringToUnicodeString(d, s) RtlAnsiStringToUnicodeString(d, s, FALSE)
#define NdisUpcaseUnicodeString(d, s) RtlUpcaseUnicodeString(d, s, FALSE)
#define NdisEqualAddress(a, b) RtlEqualMemory(a, b, 6)
#define NdisGetPhysicalAddressLow(a) ((a).LowPart)
#define NdisGetPhysicalAddressHigh(a) ((a).HighPart)
#define NdisSetPhysicalAddressLow(a, v) ((a).LowPart = (v))
#define NdisSetPhysicalAddressHigh(a, v) ((a).HighPart = (v))
#define NDIS_PHYSICAL_ADDRESS_CONST(Low, High) { { (ULONG)(Low), (LONG)(High) } }
#define NDIS_MAKE_NET_LUID(p, t, i) ((p)->Value = 0, (p)->Info.IfType = (t), (p)->Info.NetLuidIndex = (i))
#define NDIS_DECLARE_MINIPORT_ADAPTER_CONTEXT(t)
#define NDIS_DECLARE_MINIPORT_DRIVER_CONTEXT(t)
#define NDIS_DECLARE_MINIPORT_INTERRUPT_CONTEXT(t)
#define NDIS_DECLARE_FILTER_MODULE_CONTEXT(t)
#define NDIS_DECLARE_FILTER_DRIVER_CONTEXT(t)
#define NDIS_DECLARE_PROTOCOL_DRIVER_CONTEXT(t)
#define NDIS_DECLARE_PROTOCOL_OPEN_CONTEXT(t)
#define NDIS_DECLARE_IF_PROVIDER_CONTEXT(t)
#define NDIS_DECLARE_SHARED_MEMORY_PROVIDER_CONTEXT(t)
#define NDIS_INIT_FUNCTION(f)
#define NDIS_PAGABLE_FUNCTION(f)
#define NDIS_PAGEABLE_FUNCTION(f)
#define ETH_COPY_NETWORK_ADDRESS(D, S) RtlCopyMemory(D, S, 6)
#define ETH_COMPARE_NETWORK_ADDRESSES_EQ(A, B, R) (*(R) = !RtlEqualMemory(A, B, 6))
#define ETH_IS_MULTICAST(A) ((BOOLEAN)(((PUCHAR)(A))[0] & ((UCHAR)0x01)))
#define ETH_IS_BROADCAST(A) ((BOOLEAN)(((PUCHAR)(A))[0] == 0xff && ((PUCHAR)(A))[5] == 0xff))
#define ETH_IS_EMPTY(A) ((BOOLEAN)(((PUCHAR)(A))[0] == 0 && ((PUCHAR)(A))[5] == 0))
#endif
