/*
 * Defect (with npi.c): DriverEntry provides a local for the characteristics.
 * (Twin: ok_filled_into_heap)
 */
#include "npi.h"

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD driver_unload;

static HANDLE starling_handle;

void NTAPI driver_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    npi_end(starling_handle);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    NPI_CLIENT_CHARACTERISTICS chars;
    NTSTATUS status;

    (void)path;
    npi_fill(&chars, 1);
    status = npi_begin(&chars, &starling_handle);
    if (!NT_SUCCESS(status))
        return status;
    driver->DriverUnload = driver_unload;
    return STATUS_SUCCESS;
}
