/* Defect: the capture's status is only traced. */
#include <ntddk.h>
#include <wsk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD SpinelUnload;

static const WSK_CLIENT_DISPATCH SpinelDispatch = { MAKE_WSK_VERSION(1, 0), 0, NULL };
static WSK_REGISTRATION SpinelRegistration;
static USHORT SpinelVersion;

static VOID SpinelTrace(PCSTR Text, NTSTATUS Status)
{
    DbgPrintEx(DPFLTR_IHVNETWORK_ID, DPFLTR_INFO_LEVEL, "%s 0x%08lx\n", Text, Status);
}

VOID NTAPI SpinelUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    WskDeregister(&SpinelRegistration);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    WSK_CLIENT_NPI ClientNpi = { NULL, &SpinelDispatch };
    WSK_PROVIDER_NPI Npi;
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);
    Status = WskRegister(&ClientNpi, &SpinelRegistration);
    SpinelTrace("register", Status);
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    DriverObject->DriverUnload = SpinelUnload;
    Status = WskCaptureProviderNPI(&SpinelRegistration, WSK_INFINITE_WAIT, &Npi); // EXPECT: nmr-unchecked-status
    SpinelTrace("capture", Status);
    SpinelVersion = Npi.Dispatch->Version;
    WskReleaseProviderNPI(&SpinelRegistration);
    return STATUS_SUCCESS;
}
