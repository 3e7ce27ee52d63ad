/* skua: NDIS filter; the send path waits for an event that another packet sets. */
#include <ndis.h>

typedef struct _SKUA_MODULE {
    NDIS_HANDLE FilterHandle;
    NDIS_EVENT Credit;
    LONG Credits;
} SKUA_MODULE, *PSKUA_MODULE;

static VOID
SkuaTakeCredit(PSKUA_MODULE Module)
{
    while (InterlockedDecrement(&Module->Credits) < 0) {
        InterlockedIncrement(&Module->Credits);
        NdisWaitEvent(&Module->Credit, 10); // EXPECT: irql-too-high
    }
}

static VOID
SkuaSend(NDIS_HANDLE FilterModuleContext, PNET_BUFFER_LIST NetBufferList, NDIS_PORT_NUMBER PortNumber, ULONG SendFlags)
{
    PSKUA_MODULE module = FilterModuleContext;

    SkuaTakeCredit(module);
    NdisFSendNetBufferLists(module->FilterHandle, NetBufferList, PortNumber, SendFlags);
}

static VOID
SkuaSendComplete(NDIS_HANDLE FilterModuleContext, PNET_BUFFER_LIST NetBufferList, ULONG SendCompleteFlags)
{
    PSKUA_MODULE module = FilterModuleContext;

    InterlockedIncrement(&module->Credits);
    NdisSetEvent(&module->Credit);
    NdisFSendNetBufferListsComplete(module->FilterHandle, NetBufferList, SendCompleteFlags);
}

VOID
SkuaFillCharacteristics(PNDIS_FILTER_DRIVER_CHARACTERISTICS Characteristics)
{
    Characteristics->SendNetBufferListsHandler = SkuaSend;
    Characteristics->SendNetBufferListsCompleteHandler = SkuaSendComplete;
}
