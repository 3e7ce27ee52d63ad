/* Runs the resolver for each read request. */
#include "resolver.h"

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD driver_unload;

static NTSTATUS NTAPI on_read(PDEVICE_OBJECT device, PIRP irp)
{
    struct resolver_result result = { 0 };
    NTSTATUS status;

    (void)device;
    status = resolver_run(&result);
    irp->IoStatus.Status = status;
    irp->IoStatus.Information = result.version;
    IoCompleteRequest(irp, IO_NO_INCREMENT);
    return status;
}

void NTAPI driver_unload(PDRIVER_OBJECT driver)
{
    IoDeleteDevice(driver->DeviceObject);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    PDEVICE_OBJECT device;
    NTSTATUS status;

    (void)path;
    status = IoCreateDevice(driver, 0, NULL, FILE_DEVICE_NETWORK, 0, FALSE, &device);
    if (!NT_SUCCESS(status))
        return status;
    driver->MajorFunction[IRP_MJ_READ] = on_read;
    driver->DriverUnload = driver_unload;
    return STATUS_SUCCESS;
}
