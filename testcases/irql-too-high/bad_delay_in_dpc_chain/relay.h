#pragma once
#include <ntddk.h>

struct _RELAY;

typedef struct _RELAY_OPS {
    VOID (*Reset)(struct _RELAY *Relay);
    ULONG (*Poll)(struct _RELAY *Relay);
} RELAY_OPS;

typedef struct _RELAY {
    const RELAY_OPS *Ops;
    KTIMER Timer;
    KDPC Dpc;
    ULONG Failures;
    ULONG Last;
} RELAY, *PRELAY;

extern const RELAY_OPS RelayHardwareOps;

VOID RelayStart(PRELAY Relay, const RELAY_OPS *Ops);
VOID RelayStop(PRELAY Relay);
