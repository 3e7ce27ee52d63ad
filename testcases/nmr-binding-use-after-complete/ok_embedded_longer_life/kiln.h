#pragma once
#include <ntddk.h>
#include <netioddk.h>

typedef struct _KILN_BINDING {
    HANDLE NmrBindingHandle;
    BOOLEAN Bound;
    PVOID Provider;
    const VOID *Dispatch;
    ULONG Temperatures[8];
} KILN_BINDING, *PKILN_BINDING;

/* The one object of the driver; the binding is a part of it. */
typedef struct _KILN { KILN_BINDING Binding; HANDLE Handle; PIO_WORKITEM Item; } KILN, *PKILN;
extern KILN Kiln;

VOID KilnReport(const ULONG *Temperatures);
VOID KilnDetached(PKILN_BINDING Binding);
