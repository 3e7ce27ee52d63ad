#pragma once
#include <ntddk.h>
#include <netioddk.h>

typedef struct _GATE {
    HANDLE Handle;
    PVOID Buffer;
} GATE, *PGATE;

NTSTATUS GateOpen(PGATE *Gate);
VOID GateShut(PGATE Gate);
