#pragma once
#include <ntddk.h>

/* The value store of the driver. */
_IRQL_requires_max_(PASSIVE_LEVEL)
NTSTATUS
ConfigSave(_In_ ULONG Key, _In_ ULONG Value);

_IRQL_requires_max_(DISPATCH_LEVEL)
VOID
ConfigSet(_In_ ULONG Key, _In_ ULONG Value);

_IRQL_requires_max_(APC_LEVEL)
NTSTATUS
ConfigInitialize(VOID);
