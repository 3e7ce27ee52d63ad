#pragma once
#include <ntddk.h>

typedef struct _STORE_ITEM { LIST_ENTRY Link; ULONG Key; } STORE_ITEM, *PSTORE_ITEM;

typedef struct _STORE { KSPIN_LOCK Lock; LIST_ENTRY Items; ULONG Count; } STORE, *PSTORE;

/* Both with Store->Lock held, hence at DISPATCH_LEVEL. */
_IRQL_requires_(DISPATCH_LEVEL)
_Requires_lock_held_(Store->Lock)
PSTORE_ITEM
StoreFindLocked(_In_ PSTORE Store, _In_ ULONG Key);

_IRQL_requires_(DISPATCH_LEVEL)
_Requires_lock_held_(Store->Lock)
VOID
StoreUnlinkLocked(_In_ PSTORE Store, _In_ PSTORE_ITEM Item);

_IRQL_requires_max_(DISPATCH_LEVEL)
BOOLEAN
StoreRemove(_In_ PSTORE Store, _In_ ULONG Key);

_IRQL_requires_max_(DISPATCH_LEVEL)
NTSTATUS
StoreInsert(_In_ PSTORE Store, _In_ ULONG Key);
