#pragma once
#include <ntddk.h>

typedef struct _CASK {
    FAST_MUTEX Mutex;
    ULONG Litres;
    BOOLEAN Sealed;
} CASK, *PCASK;

extern CASK Cask;
NTSTATUS CaskFill(PCASK C, ULONG Litres);
NTSTATUS CaskDrain(PCASK C, ULONG Litres);
