/*
 * Good: starts and stops the parts of the driver by a table.
 * (Twin: bad_component_table_no_stop)
 */
#include "component.h"

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD driver_unload;

static const struct component components[] = {
    { "link", link_start, link_stop },
    { "npi", npi_start, npi_stop },
};

#define COMPONENTS (sizeof(components) / sizeof(components[0]))

static void stop_from(ULONG count)
{
    while (count > 0) {
        count--;
        if (components[count].stop != NULL)
            components[count].stop();
    }
}

void NTAPI driver_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    stop_from(COMPONENTS);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    ULONG i;

    (void)path;
    for (i = 0; i < COMPONENTS; i++) {
        NTSTATUS status = components[i].start(driver);

        if (!NT_SUCCESS(status)) {
            DbgPrintEx(DPFLTR_IHVDRIVER_ID, DPFLTR_ERROR_LEVEL, "%s: 0x%08lx\n", components[i].name, status);
            stop_from(i);
            return status;
        }
    }
    driver->DriverUnload = driver_unload;
    return STATUS_SUCCESS;
}
