#pragma once
#include <ntddk.h>
#include <netioddk.h>

#define CROCUS_TAG 'sirI'

typedef struct _CROCUS_CLIENT {
    LIST_ENTRY Link;
    BOOLEAN Detaching;
    HANDLE NmrBindingHandle;
    PVOID ClientContext;
    const VOID *ClientDispatch;
} CROCUS_CLIENT, *PCROCUS_CLIENT;

NPI_PROVIDER_ATTACH_CLIENT_FN CrocusAttachClient;
NPI_PROVIDER_DETACH_CLIENT_FN CrocusDetachClient;
NPI_PROVIDER_CLEANUP_BINDING_CONTEXT_FN CrocusCleanupClient;

VOID CrocusStart(VOID);
VOID CrocusStop(VOID);
VOID CrocusListInsert(PCROCUS_CLIENT Client);
VOID CrocusListRemove(PCROCUS_CLIENT Client);
