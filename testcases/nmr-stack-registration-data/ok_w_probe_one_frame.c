/* Good: registration, dispatch and NPI are locals of a probe that releases and deregisters before it returns. */
#include <ntddk.h>
#include <wsk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD ProbeUnload;

static USHORT WskVersion;

static NTSTATUS QueryWskVersion(PUSHORT Version)
{
    WSK_CLIENT_DISPATCH Dispatch = { MAKE_WSK_VERSION(1, 0), 0, NULL };
    WSK_CLIENT_NPI ClientNpi = { NULL, &Dispatch };
    WSK_REGISTRATION Registration;
    WSK_PROVIDER_NPI ProviderNpi;
    NTSTATUS Status;

    Status = WskRegister(&ClientNpi, &Registration);
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    Status = WskCaptureProviderNPI(&Registration, 1000, &ProviderNpi);
    if (NT_SUCCESS(Status)) {
        *Version = ProviderNpi.Dispatch->Version;
        WskReleaseProviderNPI(&Registration);
    }
    WskDeregister(&Registration);
    return Status;
}

VOID NTAPI ProbeUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = ProbeUnload;
    return QueryWskVersion(&WskVersion);
}
