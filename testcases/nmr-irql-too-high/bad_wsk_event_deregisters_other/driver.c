#include "shoal.h"

shoal_t shoal;

void
shoal_drop_spare(void)
{
    if (shoal.spare_up) {
        shoal.spare_up = FALSE;
        WskDeregister(&shoal.spare); // EXPECT: nmr-irql-too-high
    }
}

void
shoal_stop(void)
{
    WskDeregister(&shoal.main);
    shoal_drop_spare();
}

static VOID NTAPI
shoal_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    shoal_stop();
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    (void)path;
    driver->DriverUnload = shoal_unload;
    return shoal_start();
}
