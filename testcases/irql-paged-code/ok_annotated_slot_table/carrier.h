#pragma once
#include <ntddk.h>
#include <netioddk.h>

typedef
_IRQL_requires_max_(DISPATCH_LEVEL)
void
carrier_send_fn(_In_ void *binding, _In_ ULONG bytes);

typedef
_IRQL_requires_max_(PASSIVE_LEVEL)
void
carrier_tune_fn(_In_ void *binding, _In_ ULONG rate);

typedef struct carrier_dispatch {
    USHORT version;
    carrier_send_fn *send;
    carrier_tune_fn *tune;
} carrier_dispatch_t;

typedef struct carrier_client { volatile LONG bytes; ULONG rate; } carrier_client_t;

carrier_send_fn carrier_send;
carrier_tune_fn carrier_tune;
