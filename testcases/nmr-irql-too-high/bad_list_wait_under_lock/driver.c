#include "ring.h"

static VOID NTAPI
rings_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    ring_end_all();
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    NTSTATUS status = STATUS_SUCCESS;
    ULONG i;

    (void)path;
    ring_init();
    for (i = 0; i < 4 && NT_SUCCESS(status); i++)
        status = ring_add(i);
    if (!NT_SUCCESS(status)) {
        ring_end_all();
        return status;
    }
    driver->DriverUnload = rings_unload;
    return STATUS_SUCCESS;
}
