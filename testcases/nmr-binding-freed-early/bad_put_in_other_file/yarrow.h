#pragma once
#include <ntddk.h>
#include <netioddk.h>

typedef struct _YARROW_CLIENT {
    volatile LONG References;
    HANDLE NmrBindingHandle;
    PVOID Peer;
    const VOID *PeerDispatch;
} YARROW_CLIENT, *PYARROW_CLIENT;

NPI_PROVIDER_ATTACH_CLIENT_FN YarrowAttach;
NPI_PROVIDER_DETACH_CLIENT_FN YarrowDetach;
NPI_PROVIDER_CLEANUP_BINDING_CONTEXT_FN YarrowCleanup;

PYARROW_CLIENT YarrowClientNew(HANDLE NmrBindingHandle, PVOID Peer, const VOID *PeerDispatch);
VOID YarrowClientGet(PYARROW_CLIENT Client);
VOID YarrowClientPut(PYARROW_CLIENT Client);
