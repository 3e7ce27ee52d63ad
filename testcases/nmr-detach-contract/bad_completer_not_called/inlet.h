#pragma once
#include <ntddk.h>
#include <netioddk.h>

typedef struct _INLET {
    KSPIN_LOCK Lock;
    ULONG Pending;
    BOOLEAN Detaching;
    HANDLE NmrBindingHandle;
    PVOID ClientContext;
    const VOID *ClientDispatch;
} INLET, *PINLET;

typedef struct _INLET_DISPATCH {
    USHORT Version;
    NTSTATUS (NTAPI *Begin)(PVOID BindingContext);
    VOID (NTAPI *End)(PVOID BindingContext);
} INLET_DISPATCH;

extern const INLET_DISPATCH InletDispatch;
