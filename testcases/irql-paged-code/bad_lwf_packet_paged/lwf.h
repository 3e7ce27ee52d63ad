#pragma once
#include <ndis.h>
#include <netioddk.h>

#define LWF_TAG 'fwLn'

typedef struct _LWF_NPI_CLIENT_DISPATCH {
    USHORT Version;
    VOID (*PacketSeen)(_In_ PVOID ClientContext, _In_ ULONG IfIndex, _In_ ULONG Bytes);
} LWF_NPI_CLIENT_DISPATCH;

typedef struct _LWF_MODULE {
    LIST_ENTRY Link;
    NDIS_HANDLE FilterHandle;
    ULONG IfIndex;
    NDIS_SPIN_LOCK Lock;
    BOOLEAN Running;
    LONG Outstanding;
} LWF_MODULE, *PLWF_MODULE;

typedef struct _LWF_CLIENT {
    LIST_ENTRY Link;
    EX_RUNDOWN_REF Rundown;
    WORK_QUEUE_ITEM DetachItem;
    HANDLE NmrBindingHandle;
    PVOID ClientContext;
    const LWF_NPI_CLIENT_DISPATCH *Dispatch;
} LWF_CLIENT, *PLWF_CLIENT;

NTSTATUS LwfNpiStart(VOID);
VOID LwfNpiStop(VOID);
_IRQL_requires_max_(DISPATCH_LEVEL)
VOID LwfNpiPacketSeen(_In_ ULONG IfIndex, _In_ ULONG Bytes);

_IRQL_requires_max_(PASSIVE_LEVEL)
VOID LwfModulesInitialize(VOID);
_IRQL_requires_max_(PASSIVE_LEVEL)
VOID LwfModulesFree(VOID);

FILTER_ATTACH LwfAttach;
FILTER_DETACH LwfDetach;
FILTER_PAUSE LwfPause;
FILTER_RESTART LwfRestart;
FILTER_SEND_NET_BUFFER_LISTS LwfSend;
FILTER_SEND_NET_BUFFER_LISTS_COMPLETE LwfSendComplete;
