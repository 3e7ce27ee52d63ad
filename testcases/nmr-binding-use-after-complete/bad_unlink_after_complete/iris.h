#pragma once
#include <ntddk.h>
#include <netioddk.h>

#define IRIS_TAG 'sirI'

typedef struct _IRIS_CLIENT {
    LIST_ENTRY Link;
    BOOLEAN Detaching;
    HANDLE NmrBindingHandle;
    PVOID ClientContext;
    const VOID *ClientDispatch;
} IRIS_CLIENT, *PIRIS_CLIENT;

NPI_PROVIDER_ATTACH_CLIENT_FN IrisAttachClient;
NPI_PROVIDER_DETACH_CLIENT_FN IrisDetachClient;
NPI_PROVIDER_CLEANUP_BINDING_CONTEXT_FN IrisCleanupClient;

VOID IrisStart(VOID);
VOID IrisStop(VOID);
VOID IrisListInsert(PIRIS_CLIENT Client);
VOID IrisListRemove(PIRIS_CLIENT Client);
