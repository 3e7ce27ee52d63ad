/*
 * Good: the WSK_CLIENT_NPI is a local, which WskRegister copies; the WSK_CLIENT_DISPATCH that it points at is static.
 * (Twin: bad_wsk_dispatch_local.c)
 */
#include <ntddk.h>
#include <wsk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD ScoterUnload;

static WSK_REGISTRATION ScoterRegistration;

VOID NTAPI ScoterUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    WskDeregister(&ScoterRegistration);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    static const WSK_CLIENT_DISPATCH Dispatch = { MAKE_WSK_VERSION(1, 0), 0, NULL };
    WSK_CLIENT_NPI Npi;
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);
    Npi.ClientContext = NULL;
    Npi.Dispatch = &Dispatch;
    Status = WskRegister(&Npi, &ScoterRegistration);
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    DriverObject->DriverUnload = ScoterUnload;
    return STATUS_SUCCESS;
}
