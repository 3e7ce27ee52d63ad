/*
 * Good: DriverEntry provides pool memory for the characteristics, and frees it after the end.
 * (Twin: bad_filled_by_helper_file)
 */
#include "npi.h"

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD driver_unload;

static HANDLE starling_handle;
static NPI_CLIENT_CHARACTERISTICS *starling_chars;

void NTAPI driver_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    npi_end(starling_handle);
    ExFreePoolWithTag(starling_chars, STARLING_TAG);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    NTSTATUS status;

    (void)path;
    starling_chars = ExAllocatePoolWithTag(NonPagedPoolNx, sizeof(*starling_chars), STARLING_TAG);
    if (starling_chars == NULL)
        return STATUS_NO_MEMORY;
    npi_fill(starling_chars, 1);
    status = npi_begin(starling_chars, &starling_handle);
    if (!NT_SUCCESS(status)) {
        ExFreePoolWithTag(starling_chars, STARLING_TAG);
        return status;
    }
    driver->DriverUnload = driver_unload;
    return STATUS_SUCCESS;
}
