/*
 * weft: the lock macros of the filter sample: the second argument says whether the caller is at DISPATCH_LEVEL already.
 */
#include <ndis.h>

#define bTrue  1
#define bFalse 0
#define FILTER_ACQUIRE_LOCK(_pLock, DispatchLevel) \
    { if (DispatchLevel) { NdisDprAcquireSpinLock(_pLock); } else { NdisAcquireSpinLock(_pLock); } }
#define FILTER_RELEASE_LOCK(_pLock, DispatchLevel) \
    { if (DispatchLevel) { NdisDprReleaseSpinLock(_pLock); } else { NdisReleaseSpinLock(_pLock); } }

typedef struct _WEFT { NDIS_SPIN_LOCK Lock; ULONG State; ULONG Refs; } WEFT, *PWEFT;

static FILTER_PAUSE WeftPause;
static FILTER_RESTART WeftRestart;

static NDIS_STATUS
WeftPause(NDIS_HANDLE FilterModuleContext, PNDIS_FILTER_PAUSE_PARAMETERS Parameters)
{
    PWEFT weft = FilterModuleContext;

    UNREFERENCED_PARAMETER(Parameters);
    FILTER_ACQUIRE_LOCK(&weft->Lock, bFalse);
    weft->State = 2;
    FILTER_RELEASE_LOCK(&weft->Lock, bFalse);
    return NDIS_STATUS_SUCCESS;
}

static NDIS_STATUS
WeftRestart(NDIS_HANDLE FilterModuleContext, PNDIS_FILTER_RESTART_PARAMETERS Parameters)
{
    PWEFT weft = FilterModuleContext;
    KIRQL irql;

    UNREFERENCED_PARAMETER(Parameters);
    FILTER_ACQUIRE_LOCK(&weft->Lock, bFalse);
    weft->State = 1;
    FILTER_RELEASE_LOCK(&weft->Lock, bFalse);
    KeRaiseIrql(DISPATCH_LEVEL, &irql);
    FILTER_ACQUIRE_LOCK(&weft->Lock, bTrue);
    weft->Refs++;
    FILTER_RELEASE_LOCK(&weft->Lock, bTrue);
    KeLowerIrql(irql);
    return NDIS_STATUS_SUCCESS;
}

VOID
WeftFillHandlers(PNDIS_FILTER_DRIVER_CHARACTERISTICS Characteristics)
{
    Characteristics->PauseHandler = WeftPause;
    Characteristics->RestartHandler = WeftRestart;
}
