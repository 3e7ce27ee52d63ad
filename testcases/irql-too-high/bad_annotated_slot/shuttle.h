#pragma once
#include <ntddk.h>
#include <netioddk.h>

/* The NPI: clients send at up to DISPATCH_LEVEL, and open channels at PASSIVE_LEVEL. */
typedef
_IRQL_requires_max_(DISPATCH_LEVEL)
NTSTATUS
(NTAPI SHUTTLE_SEND_FN)(_In_ PVOID ProviderBindingContext, _In_ ULONG Channel, _In_ ULONG Length);

typedef
_IRQL_requires_max_(PASSIVE_LEVEL)
NTSTATUS
(NTAPI SHUTTLE_OPEN_FN)(_In_ PVOID ProviderBindingContext, _In_ ULONG Channel);

typedef struct _SHUTTLE_PROVIDER_DISPATCH {
    USHORT Version;
    SHUTTLE_OPEN_FN *Open;
    SHUTTLE_SEND_FN *Send;
} SHUTTLE_PROVIDER_DISPATCH;

typedef struct _SHUTTLE_CLIENT {
    KSPIN_LOCK Lock;
    EX_PUSH_LOCK OpenLock;
    ULONG Opened;
    ULONG Sent;
} SHUTTLE_CLIENT, *PSHUTTLE_CLIENT;

extern const SHUTTLE_PROVIDER_DISPATCH ShuttleDispatch;
