/* Defect: the WSK client dispatch table is a constant in a pageable section. */
#include <ntddk.h>
#include <wsk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD NoddyUnload;

#pragma const_seg("PAGECONST")
static const WSK_CLIENT_DISPATCH NoddyDispatch = { MAKE_WSK_VERSION(1, 0), 0, NULL };
#pragma const_seg()

static WSK_REGISTRATION NoddyRegistration;

VOID NTAPI NoddyUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    WskDeregister(&NoddyRegistration);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    WSK_CLIENT_NPI ClientNpi = { NULL, &NoddyDispatch };
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);
    Status = WskRegister(&ClientNpi, &NoddyRegistration); // EXPECT: nmr-nonresident-memory
    if (NT_SUCCESS(Status)) {
        DriverObject->DriverUnload = NoddyUnload;
    }
    return Status;
}
