#pragma once
#include <ntddk.h>
#include <netioddk.h>

typedef struct _DELTA { volatile LONG Used; volatile LONG Leaving; HANDLE NmrBindingHandle; ULONG Flow; } DELTA, *PDELTA;

extern DELTA Delta;
VOID DeltaGone(PDELTA D);
NTSTATUS DeltaRegister(VOID);
VOID DeltaDeregister(VOID);
