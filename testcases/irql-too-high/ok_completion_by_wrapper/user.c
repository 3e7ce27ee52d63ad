#include "send.h"

/* Called back by the completion routine: at up to DISPATCH_LEVEL. (Twin: bad_completion_by_wrapper) */
static VOID
TernSent(PVOID Context, NTSTATUS Status)
{
    PKSPIN_LOCK lock = Context;
    KIRQL irql;

    if (!NT_SUCCESS(Status)) {
        KeAcquireSpinLock(lock, &irql);
        KeReleaseSpinLock(lock, irql);
    }
}

static KSPIN_LOCK TernLock;

NTSTATUS
TernFlush(PDEVICE_OBJECT Lower, PIRP Irp)
{
    return TernSend(Lower, Irp, TernSent, &TernLock);
}
