/* plover: one file of a driver; the annotated lock wrappers are defined elsewhere. */
#include <ntddk.h>

typedef struct _PLOVER_LOCK PLOVER_LOCK, *PPLOVER_LOCK;

_IRQL_requires_max_(DISPATCH_LEVEL)
_IRQL_raises_(DISPATCH_LEVEL)
_IRQL_saves_
KIRQL PloverLockAcquire(_Inout_ PPLOVER_LOCK Lock);

_IRQL_requires_(DISPATCH_LEVEL)
VOID PloverLockRelease(_Inout_ PPLOVER_LOCK Lock, _In_ _IRQL_restores_ KIRQL OldIrql);

typedef struct _PLOVER {
    PPLOVER_LOCK Lock;
    UNICODE_STRING Name;
    ULONG Hits;
} PLOVER, *PPLOVER;

BOOLEAN
PloverMatches(PPLOVER Plover, PCUNICODE_STRING Name)
{
    BOOLEAN equal;
    KIRQL irql;

    irql = PloverLockAcquire(Plover->Lock);
    equal = RtlEqualUnicodeString(&Plover->Name, Name, TRUE); // EXPECT: irql-too-high
    if (equal) {
        Plover->Hits++;
    }
    PloverLockRelease(Plover->Lock, irql);
    return equal;
}

BOOLEAN
PloverMatchesFirst(PPLOVER Plover, PCUNICODE_STRING Name)
{
    BOOLEAN equal = RtlEqualUnicodeString(&Plover->Name, Name, TRUE);
    KIRQL irql = PloverLockAcquire(Plover->Lock);

    Plover->Hits += equal;
    PloverLockRelease(Plover->Lock, irql);
    return RtlEqualUnicodeString(&Plover->Name, Name, FALSE);
}
