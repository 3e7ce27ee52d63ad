/* Defect: the NPI captured at start for the driver's whole life is never released; unload deregisters at once. */
#include <ntddk.h>
#include <wsk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD otter_unload;

static const WSK_CLIENT_DISPATCH otter_dispatch = { MAKE_WSK_VERSION(1, 0), 0, NULL };

static struct {
    WSK_REGISTRATION registration;
    WSK_PROVIDER_NPI provider;
    BOOLEAN registered;
} otter;

static void otter_stop(void)
{
    if (otter.registered) {
        WskDeregister(&otter.registration);
        otter.registered = FALSE;
    }
}

static NTSTATUS otter_start(void)
{
    WSK_CLIENT_NPI client = { &otter, &otter_dispatch };
    NTSTATUS status;

    status = WskRegister(&client, &otter.registration);
    if (!NT_SUCCESS(status))
        return status;
    otter.registered = TRUE;
    status = WskCaptureProviderNPI(&otter.registration, WSK_INFINITE_WAIT, &otter.provider); // EXPECT: nmr-missing-deregister
    if (!NT_SUCCESS(status))
        otter_stop();
    return status;
}

void NTAPI otter_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    otter_stop();
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    (void)path;
    driver->DriverUnload = otter_unload;
    return otter_start();
}
