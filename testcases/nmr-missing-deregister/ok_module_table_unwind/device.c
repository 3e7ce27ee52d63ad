#include "modules.h"

static PDRIVER_OBJECT driver_object;
static PDEVICE_OBJECT driver_device;

void modules_set_driver(PDRIVER_OBJECT driver)
{
    driver_object = driver;
}

NTSTATUS device_start(void)
{
    return IoCreateDevice(driver_object, 0, NULL, FILE_DEVICE_NETWORK, 0, FALSE, &driver_device);
}

void device_stop(void)
{
    IoDeleteDevice(driver_device);
}
