#include "harbor.h"

static HARBOR Harbor;

static VOID NTAPI
HarborUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    HarborLeave();
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    KeInitializeGuardedMutex(&Harbor.Mutex);
    HarborConfigure(&Harbor, 8);
    DriverObject->DriverUnload = HarborUnload;
    return HarborJoin(&Harbor);
}
