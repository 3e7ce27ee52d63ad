/* Entry and unload. */
#include "driver.h"

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD TimedUnload;

VOID NTAPI TimedUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    TimedStop();
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = TimedUnload;
    return TimedStart();
}
