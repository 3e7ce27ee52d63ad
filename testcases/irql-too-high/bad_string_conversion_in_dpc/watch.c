#include "goshawk.h"

static KTIMER GoshawkTimer;
static KDPC GoshawkDpc;
static ULONG GoshawkTicks;
ULONG GoshawkLogCount;

static VOID NTAPI
GoshawkTick(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2)
{
    UNREFERENCED_PARAMETER(Dpc);
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Argument1);
    UNREFERENCED_PARAMETER(Argument2);
    GOSHAWK_LOG_IF(++GoshawkTicks % 60 == 0, "a minute has passed");
}

VOID
GoshawkWatchStart(VOID)
{
    LARGE_INTEGER due = { .QuadPart = -10000000LL };

    GOSHAWK_LOG_IF(TRUE, "watch starts");
    KeInitializeTimerEx(&GoshawkTimer, SynchronizationTimer);
    KeInitializeDpc(&GoshawkDpc, GoshawkTick, NULL);
    KeSetTimerEx(&GoshawkTimer, due, 1000, &GoshawkDpc);
}

VOID
GoshawkWatchStop(VOID)
{
    KeCancelTimer(&GoshawkTimer);
    KeFlushQueuedDpcs();
    GOSHAWK_LOG_IF(GoshawkTicks == 0, "watch has never run");
}
