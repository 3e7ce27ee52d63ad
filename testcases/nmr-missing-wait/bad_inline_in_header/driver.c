/* Entry and unload. */
#include "npi.h"

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD DriverUnload;

VOID NTAPI DriverUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    SecondStop();
    FirstStop();
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = DriverUnload;
    Status = FirstStart();
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    Status = SecondStart();
    if (!NT_SUCCESS(Status)) {
        FirstStop();
    }
    return Status;
}
