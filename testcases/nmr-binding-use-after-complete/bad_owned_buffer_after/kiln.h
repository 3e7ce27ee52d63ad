#pragma once
#include <ntddk.h>
#include <netioddk.h>

typedef struct _KILN_BINDING {
    HANDLE NmrBindingHandle;
    BOOLEAN Bound;
    PVOID Provider;
    const VOID *Dispatch;
    PULONG Temperatures;
} KILN_BINDING, *PKILN_BINDING;

VOID KilnReport(const ULONG *Temperatures);
VOID KilnDetached(PKILN_BINDING Binding);
