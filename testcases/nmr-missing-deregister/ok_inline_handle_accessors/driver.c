/* Good: the handle is wrapped in a structure with inline accessors. */
#include "handle.h"

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD driver_unload;

static client_handle_t handle;

void NTAPI driver_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    client_close(&handle);
    client_close(&handle);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    (void)path;
    driver->DriverUnload = driver_unload;
    return client_open(&handle);
}
