/* corncrake: devices in shared mode have a lock; the mode is asked for twice. */
#include <ntddk.h>

typedef struct _CORNCRAKE {
    BOOLEAN Shared;
    KSPIN_LOCK Lock;
    ULONG Count;
    VOID (*Changed)(struct _CORNCRAKE *);
} CORNCRAKE, *PCORNCRAKE;

ULONG
CorncrakeAdd(PCORNCRAKE C, ULONG By)
{
    KIRQL irql = 0;
    ULONG now;

    if (C->Shared) {
        KeAcquireSpinLock(&C->Lock, &irql);
    }
    C->Count += By;
    now = C->Count;
    C->Changed(C);
    if (C->Shared) {
        KeReleaseSpinLock(&C->Lock, irql);
    }
    return now;
}
