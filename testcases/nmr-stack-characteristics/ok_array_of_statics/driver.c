/*
 * Good: the table is a static array.
 * (Twin: bad_array_of_locals)
 */
#include "endpoints.h"

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD driver_unload;

static NPI_PROVIDER_CHARACTERISTICS table[ENDPOINTS];

void NTAPI driver_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    endpoints_deregister();
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    NTSTATUS status;

    (void)path;
    status = endpoints_register(table, ENDPOINTS);
    if (NT_SUCCESS(status))
        driver->DriverUnload = driver_unload;
    return status;
}
