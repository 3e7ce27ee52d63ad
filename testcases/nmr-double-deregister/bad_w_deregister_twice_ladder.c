/* Defect: a failed capture deregisters and then falls into the label that deregisters. */
#include <ntddk.h>
#include <wsk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD ChoughUnload;

static const WSK_CLIENT_DISPATCH ChoughDispatch = { MAKE_WSK_VERSION(1, 0), 0, NULL };
static WSK_REGISTRATION ChoughRegistration;
static WSK_PROVIDER_NPI ChoughNpi;

VOID NTAPI ChoughUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    WskReleaseProviderNPI(&ChoughRegistration);
    WskDeregister(&ChoughRegistration);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    WSK_CLIENT_NPI ClientNpi = { NULL, &ChoughDispatch };
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);
    Status = WskRegister(&ClientNpi, &ChoughRegistration);
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    Status = WskCaptureProviderNPI(&ChoughRegistration, WSK_INFINITE_WAIT, &ChoughNpi);
    if (!NT_SUCCESS(Status)) {
        WskDeregister(&ChoughRegistration);
        goto Fail;
    }
    DriverObject->DriverUnload = ChoughUnload;
    return STATUS_SUCCESS;

Fail:
    DbgPrintEx(DPFLTR_IHVNETWORK_ID, DPFLTR_ERROR_LEVEL, "chough: 0x%08lx\n", Status);
    WskDeregister(&ChoughRegistration); // EXPECT: nmr-double-deregister
    return Status;
}
