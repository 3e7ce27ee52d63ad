/* A table of modules; entry starts them in order, unload stops them in reverse. */
#include "modules.h"

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD driver_unload;

static PDRIVER_OBJECT driver_object;
static PDEVICE_OBJECT driver_device;

NTSTATUS device_start(void)
{
    return IoCreateDevice(driver_object, 0, NULL, FILE_DEVICE_NETWORK, 0, FALSE, &driver_device);
}

void device_stop(void)
{
    IoDeleteDevice(driver_device);
}

static const module_t modules[] = {
    { "log", log_start, log_stop },
    { "npi", npi_start, npi_stop },
    { "device", device_start, device_stop },
};

void NTAPI driver_unload(PDRIVER_OBJECT driver)
{
    ULONG i = ARRAYSIZE(modules);

    (void)driver;
    while (i-- > 0)
        modules[i].stop();
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    NTSTATUS status;
    ULONG i;

    (void)path;
    driver_object = driver;
    for (i = 0; i < ARRAYSIZE(modules); i++) {
        status = modules[i].start();
        if (!NT_SUCCESS(status)) {
            DbgPrint("module %s failed: 0x%08x\n", modules[i].name, status);
            return status;
        }
    }
    driver->DriverUnload = driver_unload;
    return STATUS_SUCCESS;
}
