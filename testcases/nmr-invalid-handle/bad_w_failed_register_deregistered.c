/* Defect: unload is set before WskRegister and the failure path calls it. */
#include <ntddk.h>
#include <wsk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD BeechUnload;

static const WSK_CLIENT_DISPATCH BeechDispatch = { MAKE_WSK_VERSION(1, 0), 0, NULL };
static WSK_REGISTRATION BeechRegistration;
static PVOID BeechBuffer;

VOID NTAPI BeechUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    WskDeregister(&BeechRegistration); // EXPECT: nmr-invalid-handle
    ExFreePoolWithTag(BeechBuffer, 'hceB');
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    WSK_CLIENT_NPI ClientNpi = { NULL, &BeechDispatch };
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);
    BeechBuffer = ExAllocatePool2(POOL_FLAG_NON_PAGED, 1024, 'hceB');
    if (BeechBuffer == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    Status = WskRegister(&ClientNpi, &BeechRegistration);
    if (!NT_SUCCESS(Status)) {
        BeechUnload(DriverObject);
        return Status;
    }
    DriverObject->DriverUnload = BeechUnload;
    return STATUS_SUCCESS;
}
