#include "inlet.h"

static BOOLEAN
InletCountDown(PINLET Inlet)
{
    BOOLEAN complete;
    KIRQL irql;

    KeAcquireSpinLock(&Inlet->Lock, &irql);
    complete = --Inlet->Pending == 0 && Inlet->Detaching;
    KeReleaseSpinLock(&Inlet->Lock, irql);
    return complete;
}

static NTSTATUS NTAPI
InletBegin(PVOID BindingContext)
{
    PINLET inlet = BindingContext;
    NTSTATUS status = STATUS_DEVICE_NOT_READY;
    KIRQL irql;

    KeAcquireSpinLock(&inlet->Lock, &irql);
    if (!inlet->Detaching) {
        inlet->Pending++;
        status = STATUS_SUCCESS;
    }
    KeReleaseSpinLock(&inlet->Lock, irql);
    return status;
}

static VOID NTAPI
InletEnd(PVOID BindingContext)
{
    PINLET inlet = BindingContext;

    (VOID)InletCountDown(inlet);
}

/* Left over from the time before InletCountDown. */
static VOID
InletEndOld(PINLET Inlet)
{
    if (InterlockedDecrement((volatile LONG *)&Inlet->Pending) == 0 && Inlet->Detaching) {
        NmrProviderDetachClientComplete(Inlet->NmrBindingHandle);
    }
}

const INLET_DISPATCH InletDispatch = { 2, InletBegin, InletEnd };
