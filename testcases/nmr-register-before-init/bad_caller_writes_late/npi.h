#pragma once
#include <ntddk.h>
#include <netioddk.h>

typedef struct _BASALT {
    HANDLE Handle;
    VOID (*Notify)(ULONG Number);
    KEVENT Arrived;
} BASALT, *PBASALT;

NTSTATUS BasaltBegin(PBASALT Basalt);
VOID BasaltEnd(PBASALT Basalt);
