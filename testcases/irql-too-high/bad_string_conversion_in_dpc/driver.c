#include "goshawk.h"

static VOID NTAPI
GoshawkUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    GoshawkWatchStop();
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->DriverUnload = GoshawkUnload;
    GoshawkWatchStart();
    return STATUS_SUCCESS;
}
