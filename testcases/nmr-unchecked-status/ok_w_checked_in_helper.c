/* Good: the statuses go through a helper that says whether to go on. */
#include <ntddk.h>
#include <wsk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD DaceUnload;

static const WSK_CLIENT_DISPATCH DaceDispatch = { MAKE_WSK_VERSION(1, 0), 0, NULL };
static WSK_REGISTRATION DaceRegistration;
static WSK_PROVIDER_NPI DaceNpi;

static BOOLEAN Ok(NTSTATUS Status, PCSTR What, NTSTATUS *Kept)
{
    *Kept = Status;
    if (Status >= 0) {
        return TRUE;
    }
    DbgPrintEx(DPFLTR_IHVNETWORK_ID, DPFLTR_ERROR_LEVEL, "%s: 0x%08lx\n", What, Status);
    return FALSE;
}

VOID NTAPI DaceUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    WskReleaseProviderNPI(&DaceRegistration);
    WskDeregister(&DaceRegistration);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    WSK_CLIENT_NPI ClientNpi = { NULL, &DaceDispatch };
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);
    if (!Ok(WskRegister(&ClientNpi, &DaceRegistration), "register", &Status)) {
        return Status;
    }
    if (!Ok(WskCaptureProviderNPI(&DaceRegistration, WSK_INFINITE_WAIT, &DaceNpi), "capture", &Status)) {
        WskDeregister(&DaceRegistration);
        return Status;
    }
    DriverObject->DriverUnload = DaceUnload;
    return Status;
}
