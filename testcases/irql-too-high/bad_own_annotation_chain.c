/* quarry: the bound stands on the function that is two wrappers away from the DPC. */
#include <ntddk.h>

typedef struct _QUARRY {
    KDPC Dpc;
    KTIMER Timer;
    ULONG Level;
} QUARRY, *PQUARRY;

_IRQL_requires_max_(APC_LEVEL)
NTSTATUS QuarryStore(_In_ PQUARRY Quarry, _In_ ULONG Level);

_IRQL_requires_max_(DISPATCH_LEVEL)
VOID QuarryNote(_In_ ULONG Level);

static VOID
QuarryUpdate(PQUARRY Quarry, ULONG Level, BOOLEAN Persist)
{
    QuarryNote(Level);
    if (Persist) {
        QuarryStore(Quarry, Level); // EXPECT: irql-too-high
    }
    Quarry->Level = Level;
}

static VOID
QuarryRise(PQUARRY Quarry)
{
    QuarryUpdate(Quarry, Quarry->Level + 1, (Quarry->Level & 15) == 15);
}

KDEFERRED_ROUTINE QuarryTick;

VOID NTAPI
QuarryTick(PKDPC Dpc, PVOID DeferredContext, PVOID SystemArgument1, PVOID SystemArgument2)
{
    UNREFERENCED_PARAMETER(Dpc);
    UNREFERENCED_PARAMETER(SystemArgument1);
    UNREFERENCED_PARAMETER(SystemArgument2);
    QuarryRise(DeferredContext);
}
