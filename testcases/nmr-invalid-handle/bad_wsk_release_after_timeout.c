/*
 * Defect: the NPI is released although the capture ran into its time limit.
 * (Twin: ok_wsk_release_after_capture.c)
 */
#include <ntddk.h>
#include <wsk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD wheatear_unload;

static const WSK_CLIENT_DISPATCH wheatear_dispatch = { MAKE_WSK_VERSION(1, 0), 0, NULL };
static WSK_REGISTRATION wheatear_registration;

static USHORT wheatear_version(void)
{
    WSK_PROVIDER_NPI npi;
    USHORT version = 0;
    NTSTATUS status;

    status = WskCaptureProviderNPI(&wheatear_registration, 250, &npi);
    if (NT_SUCCESS(status)) {
        version = npi.Dispatch->Version;
    } else {
        DbgPrintEx(DPFLTR_IHVDRIVER_ID, DPFLTR_WARNING_LEVEL, "wheatear: no provider yet, 0x%08lx\n", status);
    }
    WskReleaseProviderNPI(&wheatear_registration); // EXPECT: nmr-invalid-handle
    DbgPrintEx(DPFLTR_IHVDRIVER_ID, DPFLTR_INFO_LEVEL, "wheatear: version %u\n", version);
    return version;
}

void NTAPI wheatear_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    WskDeregister(&wheatear_registration);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    WSK_CLIENT_NPI client = { NULL, &wheatear_dispatch };
    NTSTATUS status;

    (void)path;
    status = WskRegister(&client, &wheatear_registration);
    if (!NT_SUCCESS(status))
        return status;
    if (wheatear_version() < MAKE_WSK_VERSION(1, 0))
        DbgPrintEx(DPFLTR_IHVDRIVER_ID, DPFLTR_INFO_LEVEL, "wheatear: will retry later\n");
    driver->DriverUnload = wheatear_unload;
    return STATUS_SUCCESS;
}
