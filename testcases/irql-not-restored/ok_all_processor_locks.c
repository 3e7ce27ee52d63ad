/* crake: a snapshot takes every processor's lock, in order, and gives them back in reverse. */
#include <ntddk.h>

#define CRAKE_CPUS 8

static struct { KSPIN_LOCK Lock; ULONG Count; } CrakeCpu[CRAKE_CPUS];
static ULONG CrakeUsed;

ULONG
CrakeTotal(VOID)
{
    ULONG i, total = 0;
    KIRQL old;

    KeRaiseIrql(DISPATCH_LEVEL, &old);
    for (i = 0; i < CrakeUsed; i++) {
        KeAcquireSpinLockAtDpcLevel(&CrakeCpu[i].Lock);
    }
    for (i = 0; i < CrakeUsed; i++) {
        total += CrakeCpu[i].Count;
    }
    while (i-- > 0) {
        KeReleaseSpinLockFromDpcLevel(&CrakeCpu[i].Lock);
    }
    KeLowerIrql(old);
    return total;
}
