#pragma once
#include <ntddk.h>

typedef struct _CENSUS { ULONG Heads; ULONG Reports; } CENSUS, *PCENSUS;

VOID CensusReport(PCENSUS Census);
VOID CensusCount(PCENSUS Census);
