#pragma once
#include <ntddk.h>

typedef struct radio radio_t;

/* A driver of this bus calls `poll` from its DPC only. */
typedef struct radio_ops {
    _IRQL_requires_max_(PASSIVE_LEVEL) NTSTATUS (*open)(radio_t *radio);
    _IRQL_requires_min_(DISPATCH_LEVEL) void (*poll)(radio_t *radio);
} radio_ops_t;

struct radio {
    const radio_ops_t *ops;
    KSPIN_LOCK lock;
    ULONG packets;
    KTIMER timer;
    KDPC dpc;
};

_IRQL_requires_min_(DISPATCH_LEVEL)
_IRQL_requires_max_(DISPATCH_LEVEL)
void radio_receive(_Inout_ radio_t *radio, _In_ ULONG count);

NTSTATUS radio_start(radio_t *radio);
void radio_stop(radio_t *radio);
