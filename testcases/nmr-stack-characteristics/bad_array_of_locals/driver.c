/*
 * Defect (with endpoints.c): the table is a local array.
 * (Twin: ok_array_of_statics)
 */
#include "endpoints.h"

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD driver_unload;

void NTAPI driver_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    endpoints_deregister();
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    NPI_PROVIDER_CHARACTERISTICS table[ENDPOINTS] = { 0 };
    NTSTATUS status;

    (void)path;
    status = endpoints_register(table, ENDPOINTS);
    if (NT_SUCCESS(status))
        driver->DriverUnload = driver_unload;
    return status;
}
