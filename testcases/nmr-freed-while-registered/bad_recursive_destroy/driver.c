/* Two nodes. */
#include "tree.h"

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD driver_unload;

static struct node *nodes;

void NTAPI driver_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    node_destroy(nodes);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    NTSTATUS status;

    (void)path;
    status = node_add(&nodes);
    if (NT_SUCCESS(status))
        status = node_add(&nodes);
    if (!NT_SUCCESS(status)) {
        node_destroy(nodes);
        return status;
    }
    driver->DriverUnload = driver_unload;
    return STATUS_SUCCESS;
}
