// Microsoft's C takes the address of what a cast yields; clang does not. Casts to what nothing declares, too.
// FUNCTIONS: 2
#include <ntddk.h>
#include "quarry_casts.h"

typedef struct _CRANE { ULONG Pending; PUCHAR Buffer; } CRANE, *PCRANE;

VOID CraneFill(PUCHAR *where);

LONG CraneBegin(PCRANE crane)
{
    LONG count = InterlockedIncrement(& (LONG)crane->Pending);
    CraneFill(&((PUCHAR)(crane->Buffer)));
    return count;
}

LONG CraneEnd(PCRANE crane) { return InterlockedDecrement(&(QUARRY_COUNT)crane->Pending); }
