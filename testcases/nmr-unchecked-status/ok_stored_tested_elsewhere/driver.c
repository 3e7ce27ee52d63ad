/* Good: the status is stored in the object, and the entry asks for it afterwards. */
#include "core.h"

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD driver_unload;

void NTAPI driver_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    core_end(&core);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    NTSTATUS status;

    (void)path;
    core_register(&core);
    status = core_result(&core);
    if (!NT_SUCCESS(status))
        return status;
    driver->DriverUnload = driver_unload;
    return STATUS_SUCCESS;
}
