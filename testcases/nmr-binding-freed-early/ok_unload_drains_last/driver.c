#include "trellis.h"

static VOID NTAPI
trellis_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    trellis_leave();
    trellis_drain();
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    (void)path;
    trellis_lists_init();
    driver->DriverUnload = trellis_unload;
    return trellis_join();
}
