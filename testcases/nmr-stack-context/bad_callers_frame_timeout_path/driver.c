/* Defect (with scan.c): the scan lives in scan_run's frame, which is left on a timeout with the client registered. */
#include "scan.h"

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD scan_unload;

static LONG last_count;

static NTSTATUS scan_run(void)
{
    scan_t scan;
    LARGE_INTEGER timeout;
    NTSTATUS status;

    status = scan_begin(&scan);
    if (!NT_SUCCESS(status))
        return status;
    timeout.QuadPart = -10 * 1000 * 1000;
    status = KeWaitForSingleObject(&scan.found, Executive, KernelMode, FALSE, &timeout);
    if (status == STATUS_TIMEOUT)
        return STATUS_NOT_FOUND;
    scan_end(&scan);
    last_count = scan.count;
    return STATUS_SUCCESS;
}

void NTAPI scan_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    (void)path;
    driver->DriverUnload = scan_unload;
    return scan_run();
}
