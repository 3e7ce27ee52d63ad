#pragma once
#include <ntddk.h>
#include <netioddk.h>

/* A part that offers one NPI. Zeroed before its first use. */
typedef struct _PART {
    const NPI_PROVIDER_CHARACTERISTICS *Provider;
    HANDLE Handle;
    BOOLEAN Started;
} PART, *PPART;

NTSTATUS PartStart(PPART Part);
VOID PartStop(PPART Part);
