#pragma once
#include <ntddk.h>
#include <netioddk.h>

typedef struct _PROBE_CONTEXT {
    KEVENT Found;
    LONG Count;
} PROBE_CONTEXT, *PPROBE_CONTEXT;

NTSTATUS ProbeBegin(PPROBE_CONTEXT Context, HANDLE *Handle);
VOID ProbeEnd(HANDLE Handle);
