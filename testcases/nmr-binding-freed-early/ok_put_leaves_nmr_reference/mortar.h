#pragma once
#include <ntddk.h>
#include <netioddk.h>

typedef struct _MORTAR {
    LIST_ENTRY Link;
    volatile LONG References;
    HANDLE NmrBindingHandle;
    PVOID Provider;
    const VOID *Dispatch;
} MORTAR, *PMORTAR;

PMORTAR MortarCreate(HANDLE NmrBindingHandle);
VOID MortarGet(PMORTAR Mortar);
VOID MortarPut(PMORTAR Mortar);

VOID MortarListInit(VOID);
VOID MortarListAdd(PMORTAR Mortar);
BOOLEAN MortarListRemove(PMORTAR Mortar);
