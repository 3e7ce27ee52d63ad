#include "wsksock.h"

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD SockUnload;

static SOCK_MANAGER Manager;

VOID NTAPI SockUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    SockManagerStop(&Manager);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);
    Status = SockManagerStart(&Manager, 5000);
    if (!NT_SUCCESS(Status)) {
        SockManagerStop(&Manager);
        return Status;
    }
    DriverObject->DriverUnload = SockUnload;
    return STATUS_SUCCESS;
}
