#pragma once
#include <ntddk.h>
#include <netioddk.h>

typedef struct _MILFOIL_CLIENT {
    volatile LONG References;
    HANDLE NmrBindingHandle;
    PVOID Peer;
    const VOID *PeerDispatch;
} MILFOIL_CLIENT, *PMILFOIL_CLIENT;

NPI_PROVIDER_ATTACH_CLIENT_FN MilfoilAttach;
NPI_PROVIDER_DETACH_CLIENT_FN MilfoilDetach;
NPI_PROVIDER_CLEANUP_BINDING_CONTEXT_FN MilfoilCleanup;

PMILFOIL_CLIENT MilfoilClientNew(HANDLE NmrBindingHandle, PVOID Peer, const VOID *PeerDispatch);
VOID MilfoilClientGet(PMILFOIL_CLIENT Client);
VOID MilfoilClientPut(PMILFOIL_CLIENT Client);
