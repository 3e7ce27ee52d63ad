#pragma once
#include <ntddk.h>
#include <netioddk.h>

typedef struct _CELL {
    HANDLE Handle;
    PVOID Buffer;
    volatile LONG Seen;
    PVOID PeerContext;
    const VOID *PeerDispatch;
} CELL, *PCELL;

/* On failure nothing is left of the cell's own, and its memory is the caller's. */
NTSTATUS CellInitialize(PCELL Cell);
VOID CellUninitialize(PCELL Cell);
