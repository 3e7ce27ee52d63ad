#pragma once
#include <ntddk.h>
#include <netioddk.h>

typedef struct _KEEL {
    HANDLE Handle;
    volatile LONG Running;
    volatile LONG Bad;
    PVOID Provider;
    const VOID *Dispatch;
} KEEL, *PKEEL;

extern KEEL Keel;
NTSTATUS KeelStart(VOID);
VOID KeelStop(VOID);
