/*
 * Good: of the two outcomes in the state, that of the device is read here, that of the registration in npi.c.
 * (Twin: bad_stored_never_read)
 */
#include "state.h"

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD driver_unload;

void NTAPI driver_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    npi_end(&jasper);
    IoDeleteDevice(jasper.device);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    (void)path;
    jasper.device_status = IoCreateDevice(driver, 0, NULL, FILE_DEVICE_NETWORK, 0, FALSE, &jasper.device);
    if (!NT_SUCCESS(jasper.device_status))
        return jasper.device_status;
    npi_begin(&jasper);
    driver->DriverUnload = driver_unload;
    return STATUS_SUCCESS;
}
