/* tern: NDIS filter; pause runs at PASSIVE_LEVEL and uses the DPC form of the lock. */
#include <ndis.h>

typedef struct _TERN_MODULE {
    NDIS_SPIN_LOCK Lock;
    ULONG Outstanding;
    BOOLEAN Paused;
} TERN_MODULE, *PTERN_MODULE;

FILTER_PAUSE TernPause;
FILTER_RESTART TernRestart;

static VOID
TernSetPaused(PTERN_MODULE Module, BOOLEAN Paused)
{
    NdisDprAcquireSpinLock(&Module->Lock); // EXPECT: irql-too-low
    Module->Paused = Paused;
    NdisDprReleaseSpinLock(&Module->Lock);
}

NDIS_STATUS
TernPause(NDIS_HANDLE FilterModuleContext, PNDIS_FILTER_PAUSE_PARAMETERS PauseParameters)
{
    PTERN_MODULE module = FilterModuleContext;

    UNREFERENCED_PARAMETER(PauseParameters);
    TernSetPaused(module, TRUE);
    while (module->Outstanding != 0) {
        NdisMSleep(2000);
    }
    return NDIS_STATUS_SUCCESS;
}

NDIS_STATUS
TernRestart(NDIS_HANDLE FilterModuleContext, PNDIS_FILTER_RESTART_PARAMETERS RestartParameters)
{
    PTERN_MODULE module = FilterModuleContext;

    UNREFERENCED_PARAMETER(RestartParameters);
    NdisAcquireSpinLock(&module->Lock);
    module->Paused = FALSE;
    NdisReleaseSpinLock(&module->Lock);
    return NDIS_STATUS_SUCCESS;
}
