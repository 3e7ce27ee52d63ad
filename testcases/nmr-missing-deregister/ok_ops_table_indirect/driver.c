/* Good: two objects with their operations; start and stop go through the tables. */
#include "ops.h"

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD driver_unload;

static npi_t consumer = { &client_ops, NULL };
static npi_t producer = { &provider_ops, NULL };

static NTSTATUS npi_begin(npi_t *npi)
{
    NTSTATUS status = npi->ops->begin(NULL, &npi->handle);

    if (!NT_SUCCESS(status))
        npi->handle = NULL;
    return status;
}

static void npi_end(npi_t *npi)
{
    if (npi->handle == NULL)
        return;
    if (npi->ops->start_end(npi->handle) == STATUS_PENDING)
        npi->ops->wait_end(npi->handle);
    npi->handle = NULL;
}

void NTAPI driver_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    npi_end(&producer);
    npi_end(&consumer);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    NTSTATUS status;

    (void)path;
    status = npi_begin(&consumer);
    if (NT_SUCCESS(status))
        status = npi_begin(&producer);
    if (!NT_SUCCESS(status)) {
        npi_end(&producer);
        npi_end(&consumer);
        return status;
    }
    driver->DriverUnload = driver_unload;
    return STATUS_SUCCESS;
}
