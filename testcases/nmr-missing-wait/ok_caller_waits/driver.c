/* Two rings; all closes first, then all joins. */
#include "ring.h"

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD driver_unload;

static struct ring receive, transmit;

void NTAPI driver_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    ring_close(&transmit);
    ring_close(&receive);
    ring_join(&transmit);
    ring_join(&receive);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    NTSTATUS status;

    (void)path;
    status = ring_open(&receive);
    if (!NT_SUCCESS(status))
        return status;
    status = ring_open(&transmit);
    if (!NT_SUCCESS(status)) {
        ring_close(&receive);
        ring_join(&receive);
        return status;
    }
    driver->DriverUnload = driver_unload;
    return STATUS_SUCCESS;
}
