/* silt: an NDIS filter. Its pause handler is pageable. */
#include <ndis.h>

#define PAGED_FUNCTION __declspec(code_seg("PAGE"))

typedef struct _SILT { NDIS_HANDLE FilterHandle; volatile LONG Sends; volatile LONG Running; } SILT, *PSILT;

static FILTER_PAUSE SiltPause;
static FILTER_SEND_NET_BUFFER_LISTS SiltSend;

PAGED_FUNCTION static NDIS_STATUS
SiltPause(NDIS_HANDLE FilterModuleContext, PNDIS_FILTER_PAUSE_PARAMETERS Parameters)
{
    UNREFERENCED_PARAMETER(Parameters);
    InterlockedExchange(&((PSILT)FilterModuleContext)->Running, 0);
    return NDIS_STATUS_SUCCESS;
}

static VOID
SiltSend(NDIS_HANDLE FilterModuleContext, PNET_BUFFER_LIST NetBufferLists, NDIS_PORT_NUMBER PortNumber, ULONG SendFlags)
{
    PSILT silt = FilterModuleContext;

    InterlockedIncrement(&silt->Sends);
    NdisFSendNetBufferLists(silt->FilterHandle, NetBufferLists, PortNumber, SendFlags);
}

VOID
SiltFillHandlers(PNDIS_FILTER_DRIVER_CHARACTERISTICS Characteristics)
{
    Characteristics->PauseHandler = SiltPause;
    Characteristics->SendNetBufferListsHandler = SiltSend;
}
