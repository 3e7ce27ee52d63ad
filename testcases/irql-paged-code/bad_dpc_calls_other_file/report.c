#include "census.h"

#ifdef ALLOC_PRAGMA
#pragma alloc_text(PAGE, CensusReport)
#endif

VOID
CensusReport(PCENSUS Census)
{
    Census->Reports++;
    DbgPrint("census: %lu heads\n", Census->Heads);
    Census->Heads = 0;
}

VOID
CensusCount(PCENSUS Census)
{
    Census->Heads++;
}
