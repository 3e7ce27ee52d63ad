/* Entry and unload. */
#include "npi.h"

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD driver_unload;

static HANDLE npi_handle;

void NTAPI driver_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    if (NmrDeregisterProvider(npi_handle) == STATUS_PENDING)
        NmrWaitForProviderDeregisterComplete(npi_handle);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    (void)path;
    npi_provider.ProviderRegistrationInstance.Number = npi_settings[1];
    driver->DriverUnload = driver_unload;
    return NmrRegisterProvider(&npi_provider, NULL, &npi_handle);
}
