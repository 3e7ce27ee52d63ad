/* Defect: the capture's status is dropped and the NPI is used. */
#include <ntddk.h>
#include <wsk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD MintUnload;

static const WSK_CLIENT_DISPATCH MintDispatch = { MAKE_WSK_VERSION(1, 0), 0, NULL };
static WSK_REGISTRATION MintRegistration;
static USHORT MintVersion;

VOID NTAPI MintUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    WskDeregister(&MintRegistration);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    WSK_CLIENT_NPI ClientNpi = { NULL, &MintDispatch };
    WSK_PROVIDER_NPI Npi;
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);
    Status = WskRegister(&ClientNpi, &MintRegistration);
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    DriverObject->DriverUnload = MintUnload;
    (VOID)WskCaptureProviderNPI(&MintRegistration, WSK_INFINITE_WAIT, &Npi); // EXPECT: nmr-unchecked-status
    MintVersion = Npi.Dispatch->Version;
    WskReleaseProviderNPI(&MintRegistration);
    return STATUS_SUCCESS;
}
