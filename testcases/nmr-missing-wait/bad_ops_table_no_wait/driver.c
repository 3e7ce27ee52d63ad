#include "ops.h"

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD driver_unload;

static const npi_ops_t *ops = &provider_ops;
static HANDLE handle;

void NTAPI driver_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    ops->end(handle);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    NTSTATUS status;

    (void)path;
    status = ops->begin(&handle);
    if (!NT_SUCCESS(status))
        return status;
    driver->DriverUnload = driver_unload;
    return STATUS_SUCCESS;
}
