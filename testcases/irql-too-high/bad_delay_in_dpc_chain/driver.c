#include "relay.h"

static RELAY Relay;

static VOID NTAPI
RelayUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    RelayStop(&Relay);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    RelayStart(&Relay, &RelayHardwareOps);
    DriverObject->DriverUnload = RelayUnload;
    return STATUS_SUCCESS;
}
