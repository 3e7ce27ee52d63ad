#pragma once
#include <ntddk.h>

/* Locks of the portability layer; they come from another library. */
typedef struct os_lock *os_lock_t;

_IRQL_requires_max_(DISPATCH_LEVEL)
_IRQL_raises_(DISPATCH_LEVEL)
_IRQL_saves_
_Acquires_lock_(lock)
KIRQL
os_lock_enter(_In_ os_lock_t lock);

_IRQL_requires_(DISPATCH_LEVEL)
_Releases_lock_(lock)
VOID
os_lock_leave(_In_ os_lock_t lock, _In_ _IRQL_restores_ KIRQL state);

_IRQL_requires_max_(PASSIVE_LEVEL)
NTSTATUS
os_lock_create(_Out_ os_lock_t *lock);

_IRQL_requires_max_(APC_LEVEL)
VOID
os_sleep(_In_ ULONG milliseconds);
