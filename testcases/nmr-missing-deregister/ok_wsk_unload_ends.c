/*
 * Good: unload deletes the device and deregisters from WSK.
 * (Twin: bad_wsk_unload_forgets.c)
 */
#include <ntddk.h>
#include <wsk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD SpinelUnload;

static const WSK_CLIENT_DISPATCH SpinelDispatch = { MAKE_WSK_VERSION(1, 0), 0, NULL };
static WSK_REGISTRATION SpinelRegistration;

VOID NTAPI SpinelUnload(PDRIVER_OBJECT DriverObject)
{
    IoDeleteDevice(DriverObject->DeviceObject);
    WskDeregister(&SpinelRegistration);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    PDEVICE_OBJECT DeviceObject;
    WSK_CLIENT_NPI Npi = { NULL, &SpinelDispatch };
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);
    Status = IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_NETWORK, 0, FALSE, &DeviceObject);
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    Status = WskRegister(&Npi, &SpinelRegistration);
    if (!NT_SUCCESS(Status)) {
        IoDeleteDevice(DeviceObject);
        return Status;
    }
    DriverObject->DriverUnload = SpinelUnload;
    return STATUS_SUCCESS;
}
