/* Defect: when the second port can't be made, the first is freed without having been ended. Unload is right. */
#include "port.h"

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD driver_unload;

static port_t *first, *second;

void NTAPI driver_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    port_end(second);
    port_free(second);
    port_end(first);
    port_free(first);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    NTSTATUS status;

    (void)path;
    status = port_create(1, &first);
    if (!NT_SUCCESS(status))
        return status;
    status = port_create(2, &second);
    if (!NT_SUCCESS(status)) {
        port_free(first); // EXPECT: nmr-freed-while-registered
        return status;
    }
    driver->DriverUnload = driver_unload;
    return STATUS_SUCCESS;
}
