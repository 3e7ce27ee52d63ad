/* Defect: unload deregisters with the NPI still captured - that never returns - and would release it afterwards. */
#include <ntddk.h>
#include <wsk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD JabiruUnload;

static const WSK_CLIENT_DISPATCH JabiruDispatch = { MAKE_WSK_VERSION(1, 0), 0, NULL };
static WSK_REGISTRATION JabiruRegistration;
static WSK_PROVIDER_NPI JabiruNpi;

VOID NTAPI JabiruUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    WskDeregister(&JabiruRegistration);
    WskReleaseProviderNPI(&JabiruRegistration);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    WSK_CLIENT_NPI ClientNpi = { NULL, &JabiruDispatch };
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);
    Status = WskRegister(&ClientNpi, &JabiruRegistration);
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    Status = WskCaptureProviderNPI(&JabiruRegistration, WSK_INFINITE_WAIT, &JabiruNpi); // EXPECT: nmr-missing-deregister
    if (!NT_SUCCESS(Status)) {
        WskDeregister(&JabiruRegistration);
        return Status;
    }
    DriverObject->DriverUnload = JabiruUnload;
    return STATUS_SUCCESS;
}
