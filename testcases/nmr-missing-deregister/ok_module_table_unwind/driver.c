/* Good: entry starts a table of modules in order; on failure, and at unload, those that were started are stopped. */
#include "modules.h"

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD driver_unload;

static const module_t modules[] = {
    { "log", log_start, log_stop },
    { "npi", npi_start, npi_stop },
    { "device", device_start, device_stop },
};
static ULONG modules_started;

static void stop_modules(void)
{
    while (modules_started > 0) {
        modules_started--;
        modules[modules_started].stop();
    }
}

void NTAPI driver_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    stop_modules();
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    NTSTATUS status = STATUS_SUCCESS;

    (void)path;
    modules_set_driver(driver);
    while (modules_started < ARRAYSIZE(modules)) {
        status = modules[modules_started].start();
        if (!NT_SUCCESS(status)) {
            stop_modules();
            return status;
        }
        modules_started++;
    }
    driver->DriverUnload = driver_unload;
    return status;
}
