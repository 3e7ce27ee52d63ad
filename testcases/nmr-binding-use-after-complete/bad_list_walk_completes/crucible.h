#pragma once
#include <ntddk.h>
#include <netioddk.h>

typedef struct _CRUCIBLE {
    SINGLE_LIST_ENTRY Link;     /* of those whose detach is pending */
    HANDLE NmrBindingHandle;
    PVOID ClientContext;
    const VOID *ClientDispatch;
} CRUCIBLE, *PCRUCIBLE;

VOID PendingInit(VOID);
VOID PendingAdd(PCRUCIBLE Crucible);
VOID PendingStop(VOID);
