#include "send.h"

/* Called back by the completion routine: at up to DISPATCH_LEVEL. */
static VOID
TernSent(PVOID Context, NTSTATUS Status)
{
    PFAST_MUTEX mutex = Context;

    if (!NT_SUCCESS(Status)) {
        ExAcquireFastMutex(mutex); // EXPECT: irql-too-high
        ExReleaseFastMutex(mutex);
    }
}

static FAST_MUTEX TernMutex;

NTSTATUS
TernFlush(PDEVICE_OBJECT Lower, PIRP Irp)
{
    return TernSend(Lower, Irp, TernSent, &TernMutex);
}
