/* Good: only the WSK_CLIENT_NPI, which WskRegister copies, is in paged pool; registration and dispatch are resident. */
#include <ntddk.h>
#include <wsk.h>

#define TERN_TAG 'nreT'

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD TernUnload;

static const WSK_CLIENT_DISPATCH TernDispatch = { MAKE_WSK_VERSION(1, 0), 0, NULL };
static WSK_REGISTRATION TernRegistration;

VOID NTAPI TernUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    WskDeregister(&TernRegistration);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    PWSK_CLIENT_NPI ClientNpi;
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);
    ClientNpi = ExAllocatePool2(POOL_FLAG_PAGED, sizeof(*ClientNpi), TERN_TAG);
    if (ClientNpi == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    ClientNpi->Dispatch = &TernDispatch;
    Status = WskRegister(ClientNpi, &TernRegistration);
    ExFreePoolWithTag(ClientNpi, TERN_TAG);
    if (NT_SUCCESS(Status)) {
        DriverObject->DriverUnload = TernUnload;
    }
    return Status;
}
