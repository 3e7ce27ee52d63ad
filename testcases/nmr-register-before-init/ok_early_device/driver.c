#include "poppy.h"

PDEVICE_OBJECT PoppyDevice;

static VOID NTAPI
PoppyUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    PoppyLeave();
    IoDeleteDevice(PoppyDevice);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    status = IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_NETWORK, 0, FALSE, &PoppyDevice);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    status = PoppyJoin();
    if (!NT_SUCCESS(status)) {
        IoDeleteDevice(PoppyDevice);
        return status;
    }
    DriverObject->DriverUnload = PoppyUnload;
    return STATUS_SUCCESS;
}
