#include "lwf.h"

#pragma NDIS_PAGEABLE_FUNCTION(LwfAttach)
#pragma NDIS_PAGEABLE_FUNCTION(LwfDetach)
#pragma NDIS_PAGEABLE_FUNCTION(LwfPause)

static FAST_MUTEX LwfModulesMutex;
static LIST_ENTRY LwfModules;

VOID
LwfModulesInitialize(VOID)
{
    ExInitializeFastMutex(&LwfModulesMutex);
    InitializeListHead(&LwfModules);
}

VOID
LwfModulesFree(VOID)
{
    ExAcquireFastMutex(&LwfModulesMutex);
    NT_ASSERT(IsListEmpty(&LwfModules));
    ExReleaseFastMutex(&LwfModulesMutex);
}

NDIS_STATUS
LwfAttach(NDIS_HANDLE NdisFilterHandle, NDIS_HANDLE FilterDriverContext, PNDIS_FILTER_ATTACH_PARAMETERS AttachParameters)
{
    NDIS_FILTER_ATTRIBUTES attributes;
    PLWF_MODULE module;
    NDIS_STATUS status;

    UNREFERENCED_PARAMETER(FilterDriverContext);
    PAGED_CODE();
    module = NdisAllocateMemoryWithTagPriority(NdisFilterHandle, sizeof(*module), LWF_TAG, NormalPoolPriority);
    if (module == NULL) {
        return NDIS_STATUS_RESOURCES;
    }
    NdisZeroMemory(module, sizeof(*module));
    NdisAllocateSpinLock(&module->Lock);
    module->FilterHandle = NdisFilterHandle;
    module->IfIndex = AttachParameters->BaseMiniportIfIndex;

    NdisZeroMemory(&attributes, sizeof(attributes));
    attributes.Header.Revision = NDIS_FILTER_ATTRIBUTES_REVISION_1;
    attributes.Header.Size = sizeof(attributes);
    attributes.Header.Type = NDIS_OBJECT_TYPE_FILTER_ATTRIBUTES;
    status = NdisFSetAttributes(NdisFilterHandle, module, &attributes);
    if (status != NDIS_STATUS_SUCCESS) {
        NdisFreeSpinLock(&module->Lock);
        NdisFreeMemory(module, 0, 0);
        return status;
    }
    ExAcquireFastMutex(&LwfModulesMutex);
    InsertTailList(&LwfModules, &module->Link);
    ExReleaseFastMutex(&LwfModulesMutex);
    return NDIS_STATUS_SUCCESS;
}

VOID
LwfDetach(NDIS_HANDLE FilterModuleContext)
{
    PLWF_MODULE module = FilterModuleContext;

    PAGED_CODE();
    ExAcquireFastMutex(&LwfModulesMutex);
    RemoveEntryList(&module->Link);
    ExReleaseFastMutex(&LwfModulesMutex);
    NdisFreeSpinLock(&module->Lock);
    NdisFreeMemory(module, 0, 0);
}

NDIS_STATUS
LwfRestart(NDIS_HANDLE FilterModuleContext, PNDIS_FILTER_RESTART_PARAMETERS RestartParameters)
{
    PLWF_MODULE module = FilterModuleContext;

    UNREFERENCED_PARAMETER(RestartParameters);
    NdisAcquireSpinLock(&module->Lock);
    module->Running = TRUE;
    NdisReleaseSpinLock(&module->Lock);
    return NDIS_STATUS_SUCCESS;
}

static LONG
LwfStop(PLWF_MODULE Module)
{
    LONG outstanding;

    NdisAcquireSpinLock(&Module->Lock);
    Module->Running = FALSE;
    outstanding = Module->Outstanding;
    NdisReleaseSpinLock(&Module->Lock);
    return outstanding;
}

NDIS_STATUS
LwfPause(NDIS_HANDLE FilterModuleContext, PNDIS_FILTER_PAUSE_PARAMETERS PauseParameters)
{
    PLWF_MODULE module = FilterModuleContext;

    UNREFERENCED_PARAMETER(PauseParameters);
    PAGED_CODE();
    while (LwfStop(module) != 0) {
        NdisMSleep(1000);
    }
    return NDIS_STATUS_SUCCESS;
}

static ULONG
LwfBytes(PNET_BUFFER_LIST List)
{
    ULONG bytes = 0;

    for (; List != NULL; List = NET_BUFFER_LIST_NEXT_NBL(List)) {
        PNET_BUFFER nb;

        for (nb = NET_BUFFER_LIST_FIRST_NB(List); nb != NULL; nb = NET_BUFFER_NEXT_NB(nb)) {
            bytes += NET_BUFFER_DATA_LENGTH(nb);
        }
    }
    return bytes;
}

VOID
LwfSend(NDIS_HANDLE FilterModuleContext, PNET_BUFFER_LIST NetBufferLists, NDIS_PORT_NUMBER PortNumber, ULONG SendFlags)
{
    PLWF_MODULE module = FilterModuleContext;
    BOOLEAN dispatch = NDIS_TEST_SEND_AT_DISPATCH_LEVEL(SendFlags);

    if (dispatch) {
        NdisDprAcquireSpinLock(&module->Lock);
    } else {
        NdisAcquireSpinLock(&module->Lock);
    }
    if (!module->Running) {
        if (dispatch) {
            NdisDprReleaseSpinLock(&module->Lock);
        } else {
            NdisReleaseSpinLock(&module->Lock);
        }
        NdisFSendNetBufferListsComplete(module->FilterHandle, NetBufferLists,
                                        dispatch ? NDIS_SEND_COMPLETE_FLAGS_DISPATCH_LEVEL : 0);
        return;
    }
    module->Outstanding++;
    if (dispatch) {
        NdisDprReleaseSpinLock(&module->Lock);
    } else {
        NdisReleaseSpinLock(&module->Lock);
    }
    LwfNpiPacketSeen(module->IfIndex, LwfBytes(NetBufferLists));
    NdisFSendNetBufferLists(module->FilterHandle, NetBufferLists, PortNumber, SendFlags);
}

VOID
LwfSendComplete(NDIS_HANDLE FilterModuleContext, PNET_BUFFER_LIST NetBufferLists, ULONG SendCompleteFlags)
{
    PLWF_MODULE module = FilterModuleContext;

    NdisFSendNetBufferListsComplete(module->FilterHandle, NetBufferLists, SendCompleteFlags);
    NdisAcquireSpinLock(&module->Lock);
    module->Outstanding--;
    NdisReleaseSpinLock(&module->Lock);
}
