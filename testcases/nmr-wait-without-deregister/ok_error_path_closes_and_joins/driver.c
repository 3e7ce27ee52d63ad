/*
 * Good: the error path of DriverEntry closes the link and joins it.
 * (Twin: bad_error_path_only_joins)
 */
#include "link.h"

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD driver_unload;

static HANDLE link;
static PDEVICE_OBJECT device;

void NTAPI driver_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    link_close(link);
    IoDeleteDevice(device);
    link_join(link);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    NTSTATUS status;

    (void)path;
    status = link_open(&link);
    if (!NT_SUCCESS(status))
        return status;
    status = IoCreateDevice(driver, 0, NULL, FILE_DEVICE_NETWORK, 0, FALSE, &device);
    if (!NT_SUCCESS(status)) {
        link_close(link);
        link_join(link);
        return status;
    }
    driver->DriverUnload = driver_unload;
    return STATUS_SUCCESS;
}
