#include "relay.h"

static volatile ULONG RelayPort;

static VOID
RelayHwReset(PRELAY Relay)
{
    LARGE_INTEGER settle;

    UNREFERENCED_PARAMETER(Relay);
    RelayPort = 1;
    settle.QuadPart = -10 * 1000 * 5;
    KeDelayExecutionThread(KernelMode, FALSE, &settle); // EXPECT: irql-too-high
    RelayPort = 0;
}

static ULONG
RelayHwPoll(PRELAY Relay)
{
    UNREFERENCED_PARAMETER(Relay);
    return RelayPort;
}

const RELAY_OPS RelayHardwareOps = { RelayHwReset, RelayHwPoll };
