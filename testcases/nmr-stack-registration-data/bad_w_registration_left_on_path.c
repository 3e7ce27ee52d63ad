/*
 * Defect: the function that looks for a WSK version returns early, with the registration in its frame still registered,
 * when the provider is too old.
 */
#include <ntddk.h>
#include <wsk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD StintUnload;

static const WSK_CLIENT_DISPATCH StintDispatch = { MAKE_WSK_VERSION(1, 0), 0, NULL };

static NTSTATUS StintCheckVersion(VOID)
{
    WSK_CLIENT_NPI ClientNpi = { NULL, &StintDispatch };
    WSK_REGISTRATION Registration;
    WSK_PROVIDER_NPI ProviderNpi;
    NTSTATUS Status;

    Status = WskRegister(&ClientNpi, &Registration); // EXPECT: nmr-stack-registration-data
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    Status = WskCaptureProviderNPI(&Registration, 1000, &ProviderNpi);
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    if (ProviderNpi.Dispatch->Version < MAKE_WSK_VERSION(1, 1)) {
        Status = STATUS_NOT_SUPPORTED;
    }
    WskReleaseProviderNPI(&Registration);
    WskDeregister(&Registration);
    return Status;
}

VOID NTAPI StintUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = StintUnload;
    return StintCheckVersion();
}
