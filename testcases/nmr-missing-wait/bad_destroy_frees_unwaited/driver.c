/* A tunnel from entry to unload. */
#include "tunnel.h"

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD driver_unload;

static struct tunnel *tunnel;

void NTAPI driver_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    tunnel_destroy(tunnel);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    (void)path;
    driver->DriverUnload = driver_unload;
    return tunnel_create(1, &tunnel);
}
