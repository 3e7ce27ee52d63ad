#pragma once
#include <ntddk.h>
#include <netioddk.h>

#define JUNIPER_TAG 'inuJ'

typedef struct _JUNIPER_CLIENT {
    LIST_ENTRY Link;
    HANDLE NmrBindingHandle;
} JUNIPER_CLIENT, *PJUNIPER_CLIENT;

NTSTATUS JuniperStart(VOID);
VOID JuniperStop(VOID);

VOID JuniperTableInitialize(VOID);
VOID JuniperTableLock(VOID);
VOID JuniperTableUnlock(VOID);
VOID JuniperTableInsert(PJUNIPER_CLIENT Client);
VOID JuniperTableRemove(PJUNIPER_CLIENT Client);
