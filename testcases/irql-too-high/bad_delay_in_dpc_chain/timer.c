#include "relay.h"

static VOID NTAPI
RelayTick(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2)
{
    PRELAY relay = Context;
    ULONG now;

    UNREFERENCED_PARAMETER(Dpc);
    UNREFERENCED_PARAMETER(Argument1);
    UNREFERENCED_PARAMETER(Argument2);

    now = relay->Ops->Poll(relay);
    if (now == relay->Last && ++relay->Failures > 3) {
        relay->Ops->Reset(relay);
        relay->Failures = 0;
    }
    relay->Last = now;
}

VOID
RelayStart(PRELAY Relay, const RELAY_OPS *Ops)
{
    LARGE_INTEGER due = { .QuadPart = -1000000LL };

    Relay->Ops = Ops;
    Relay->Ops->Reset(Relay);
    KeInitializeTimerEx(&Relay->Timer, NotificationTimer);
    KeInitializeDpc(&Relay->Dpc, RelayTick, Relay);
    KeSetTimerEx(&Relay->Timer, due, 100, &Relay->Dpc);
}

VOID
RelayStop(PRELAY Relay)
{
    KeCancelTimer(&Relay->Timer);
    KeFlushQueuedDpcs();
}
