#pragma once
#include <ntddk.h>
#include <netioddk.h>

/* The project's own result: ok, or a code. */
typedef struct _OPAL_RESULT {
    BOOLEAN Ok;
    ULONG Code;
} OPAL_RESULT;

OPAL_RESULT OpalResult(NTSTATUS Status);
OPAL_RESULT OpalOpen(VOID);
VOID OpalClose(VOID);
