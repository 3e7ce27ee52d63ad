#pragma once
#include <ntddk.h>
#include <netioddk.h>

/* A filter sits between two NPIs: a client of the lower, a provider of the upper one. */
typedef struct _FILTER_NPI {
    HANDLE Lower; /* client */
    HANDLE Upper; /* provider */
} FILTER_NPI, *PFILTER_NPI;

NTSTATUS FilterNpiOpen(PFILTER_NPI Npi);
VOID FilterNpiClose(PFILTER_NPI Npi);
