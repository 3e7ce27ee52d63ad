/* A driver that is right, except in its checked build. */
#include "Precomp.h"

#if !defined(ALPHA) || !defined(FORCED)
#error "the project's flags did not arrive"
#endif

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD alpha_unload;

static HANDLE alpha_registration;

void NTAPI alpha_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
#ifdef CHECKED_BUILD
    NmrDeregisterClient(alpha_registration);
#else
    shared_stop(alpha_registration);
#endif
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    (void)path;
    driver->DriverUnload = alpha_unload;
    return shared_start(&alpha_registration);
}
