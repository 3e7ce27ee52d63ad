#include "juniper.h"

static VOID NTAPI
JuniperUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    JuniperStop();
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    JuniperTableInitialize();
    DriverObject->DriverUnload = JuniperUnload;
    return JuniperStart();
}
