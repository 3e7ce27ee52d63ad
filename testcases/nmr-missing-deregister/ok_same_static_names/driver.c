/* Entry and unload. */
#include "parts.h"

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD driver_unload;

void NTAPI driver_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    right_stop();
    left_stop();
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    NTSTATUS status;

    (void)path;
    status = left_start();
    if (!NT_SUCCESS(status))
        return status;
    status = right_start();
    if (!NT_SUCCESS(status)) {
        left_stop();
        return status;
    }
    driver->DriverUnload = driver_unload;
    return STATUS_SUCCESS;
}
