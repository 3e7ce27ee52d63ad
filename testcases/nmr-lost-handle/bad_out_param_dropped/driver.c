/*
 * Defect: what bus_attach gives out lands in a local and is not stored; the global that unload reads stays NULL.
 * (Twin: ok_out_param_kept)
 */
#include "bus.h"

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD driver_unload;

static struct { HANDLE bus; ULONG flags; } globals;

void NTAPI driver_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    bus_detach(globals.bus);
    globals.bus = NULL;
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    HANDLE bus;
    NTSTATUS status;

    globals.flags = path->Length;
    status = bus_attach(&bus);
    if (!NT_SUCCESS(status))
        return status;
    driver->DriverUnload = driver_unload;
    return STATUS_SUCCESS;
}
