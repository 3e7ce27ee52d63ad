/* Part of a driver: the role type says that PacerExpire is a DPC. */
#include <ntddk.h>

typedef struct pacer { KTIMER timer; KDPC dpc; PVOID worker; ULONG missed; } pacer_t;

KDEFERRED_ROUTINE PacerExpire;

VOID NTAPI
PacerExpire(PKDPC dpc, PVOID context, PVOID a, PVOID b)
{
    pacer_t *pacer = context;

    (void)dpc;
    (void)a;
    (void)b;
    if (pacer->missed++ > 10)
        KeWaitForSingleObject(pacer->worker, Executive, KernelMode, FALSE, NULL); // EXPECT: irql-too-high
}

VOID
PacerArm(pacer_t *pacer, LONG milliseconds)
{
    LARGE_INTEGER due;

    due.QuadPart = -10000LL * milliseconds;
    KeSetTimer(&pacer->timer, due, &pacer->dpc);
}

VOID
PacerStop(pacer_t *pacer)
{
    KeCancelTimer(&pacer->timer);
}
