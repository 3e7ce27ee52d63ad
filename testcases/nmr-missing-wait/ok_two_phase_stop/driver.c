/* Good: unload starts the end of both registrations, stops its timer, then waits for both. */
#include "nmr.h"

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD driver_unload;
KDEFERRED_ROUTINE tick;

static KTIMER timer;
static KDPC dpc;
static volatile LONG ticks;

void NTAPI tick(PKDPC d, PVOID context, PVOID a1, PVOID a2)
{
    (void)d; (void)context; (void)a1; (void)a2;
    InterlockedIncrement(&ticks);
}

void NTAPI driver_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    nmr_begin_stop();
    KeCancelTimer(&timer);
    KeFlushQueuedDpcs();
    nmr_finish_stop();
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    LARGE_INTEGER due;
    NTSTATUS status;

    (void)path;
    status = nmr_start();
    if (!NT_SUCCESS(status))
        return status;
    KeInitializeTimer(&timer);
    KeInitializeDpc(&dpc, tick, NULL);
    due.QuadPart = -10 * 1000 * 1000;
    KeSetTimerEx(&timer, due, 500, &dpc);
    driver->DriverUnload = driver_unload;
    return STATUS_SUCCESS;
}
