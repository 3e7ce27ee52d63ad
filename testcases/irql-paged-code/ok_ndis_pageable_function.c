/* loam: an NDIS filter that marks functions with the macros of ndis.h. Only its pause handler is pageable. */
#include <ndis.h>

typedef struct _LOAM { NDIS_HANDLE FilterHandle; volatile LONG Sends; volatile LONG Running; } LOAM, *PLOAM;

static FILTER_PAUSE LoamPause;
static FILTER_SEND_NET_BUFFER_LISTS LoamSend;

#pragma NDIS_PAGEABLE_FUNCTION(LoamPause)

static NDIS_STATUS
LoamPause(NDIS_HANDLE FilterModuleContext, PNDIS_FILTER_PAUSE_PARAMETERS Parameters)
{
    UNREFERENCED_PARAMETER(Parameters);
    InterlockedExchange(&((PLOAM)FilterModuleContext)->Running, 0);
    return NDIS_STATUS_SUCCESS;
}

static VOID
LoamSend(NDIS_HANDLE FilterModuleContext, PNET_BUFFER_LIST NetBufferLists, NDIS_PORT_NUMBER PortNumber, ULONG SendFlags)
{
    PLOAM loam = FilterModuleContext;

    InterlockedIncrement(&loam->Sends);
    NdisFSendNetBufferLists(loam->FilterHandle, NetBufferLists, PortNumber, SendFlags);
}

VOID
LoamFillHandlers(PNDIS_FILTER_DRIVER_CHARACTERISTICS Characteristics)
{
    Characteristics->PauseHandler = LoamPause;
    Characteristics->SendNetBufferListsHandler = LoamSend;
}
