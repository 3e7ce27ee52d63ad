/* Defect: WskRegister's status is stored and never read. */
#include <ntddk.h>
#include <wsk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD dill_unload;

static const WSK_CLIENT_DISPATCH dill_dispatch = { MAKE_WSK_VERSION(1, 0), 0, NULL };

static struct {
    WSK_CLIENT_NPI npi;
    WSK_REGISTRATION registration;
    NTSTATUS last_status;
} dill = { { NULL, &dill_dispatch } };

void NTAPI dill_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    WskDeregister(&dill.registration);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    (void)path;
    dill.last_status = WskRegister(&dill.npi, &dill.registration); // EXPECT: nmr-unchecked-status
    driver->DriverUnload = dill_unload;
    return STATUS_SUCCESS;
}
