#pragma once
#include <ntddk.h>

typedef struct _KEYRING {
    KSPIN_LOCK Lock;
    LONG Owner;
    ULONG Uses;
} KEYRING, *PKEYRING;

/* Takes the lock unless Owner says that the caller's subsystem has it already. */
_When_(Owner == 0, _IRQL_raises_(DISPATCH_LEVEL) _IRQL_saves_ _Acquires_lock_(Ring->Lock))
_IRQL_requires_max_(DISPATCH_LEVEL)
KIRQL
KeyringEnter(_Inout_ PKEYRING Ring, _In_ LONG Owner);

_When_(Owner == 0, _Releases_lock_(Ring->Lock))
_IRQL_requires_max_(DISPATCH_LEVEL)
VOID
KeyringLeave(_Inout_ PKEYRING Ring, _In_ LONG Owner, _In_ KIRQL Irql);
