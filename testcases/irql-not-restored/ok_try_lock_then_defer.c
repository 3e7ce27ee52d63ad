/* teal: in the DPC the lock is tried; if another processor has it, the work is put off. */
#include <ntddk.h>

typedef struct _TEAL { KSPIN_LOCK Lock; KDPC Dpc; ULONG Done, Later; } TEAL, *PTEAL;

static VOID NTAPI
TealDpc(PKDPC Dpc, PVOID Context, PVOID A, PVOID B)
{
    PTEAL teal = Context;

    UNREFERENCED_PARAMETER(A);
    UNREFERENCED_PARAMETER(B);
    if (!KeTryToAcquireSpinLockAtDpcLevel(&teal->Lock)) {
        teal->Later++;
        KeInsertQueueDpc(Dpc, NULL, NULL);
        return;
    }
    teal->Done++;
    KeReleaseSpinLockFromDpcLevel(&teal->Lock);
}

VOID
TealArm(PTEAL Teal)
{
    KeInitializeSpinLock(&Teal->Lock);
    KeInitializeDpc(&Teal->Dpc, TealDpc, Teal);
}
