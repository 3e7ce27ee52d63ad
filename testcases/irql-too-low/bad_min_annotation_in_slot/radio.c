#include "radio.h"

void
radio_receive(radio_t *radio, ULONG count)
{
    KeAcquireSpinLockAtDpcLevel(&radio->lock);
    radio->packets += count;
    KeReleaseSpinLockFromDpcLevel(&radio->lock);
}

static VOID NTAPI
radio_tick(PKDPC dpc, PVOID context, PVOID a, PVOID b)
{
    radio_t *radio = context;

    (void)dpc;
    (void)a;
    (void)b;
    radio->ops->poll(radio);
}

NTSTATUS
radio_start(radio_t *radio)
{
    LARGE_INTEGER due = { .QuadPart = -10000000LL };
    NTSTATUS status = radio->ops->open(radio);

    if (!NT_SUCCESS(status))
        return status;
    KeInitializeSpinLock(&radio->lock);
    KeInitializeTimerEx(&radio->timer, SynchronizationTimer);
    KeInitializeDpc(&radio->dpc, radio_tick, radio);
    KeSetTimerEx(&radio->timer, due, 1000, &radio->dpc);
    return STATUS_SUCCESS;
}

void
radio_stop(radio_t *radio)
{
    KeCancelTimer(&radio->timer);
    KeFlushQueuedDpcs();
    /* What came in since the last tick. */
    radio_receive(radio, 1); // EXPECT: irql-too-low
}
