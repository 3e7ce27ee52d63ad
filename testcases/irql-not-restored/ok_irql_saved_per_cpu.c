/* phalarope: DPC and dispatch share the statistics; the level decides in the helper, asked from the machine. */
#include <ntddk.h>

typedef struct _PHALAROPE { KSPIN_LOCK Lock; ULONG64 Bytes; } PHALAROPE, *PPHALAROPE;

VOID
PhalaropeCount(PPHALAROPE P, ULONG Bytes)
{
    KIRQL irql = KeGetCurrentIrql();

    if (irql < DISPATCH_LEVEL) {
        KeRaiseIrql(DISPATCH_LEVEL, &irql);
    }
    KeAcquireSpinLockAtDpcLevel(&P->Lock);
    P->Bytes += Bytes;
    KeReleaseSpinLockFromDpcLevel(&P->Lock);
    if (irql < DISPATCH_LEVEL) {
        KeLowerIrql(irql);
    }
}
