/* One port, from entry to unload. */
#include "port.h"

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD driver_unload;

static port_t *port;

void NTAPI driver_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    port_destroy(port);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    (void)path;
    port = port_create(3);
    if (port == NULL)
        return STATUS_INSUFFICIENT_RESOURCES;
    driver->DriverUnload = driver_unload;
    return STATUS_SUCCESS;
}
