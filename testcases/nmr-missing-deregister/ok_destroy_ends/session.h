#pragma once
#include <ntddk.h>
#include <netioddk.h>

typedef struct _GODWIT_SESSION {
    HANDLE NmrHandle;
    LARGE_INTEGER Opened;
    PVOID Scratch;
} GODWIT_SESSION, *PGODWIT_SESSION;

NTSTATUS GodwitSessionOpen(PGODWIT_SESSION *Session);
VOID GodwitSessionClose(PGODWIT_SESSION Session);
