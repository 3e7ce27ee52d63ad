/* The driver: a global reference, and one for each open file. */
#include "hub.h"

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD driver_unload;

static struct hub *the_hub;

static NTSTATUS complete(PIRP irp, NTSTATUS status)
{
    irp->IoStatus.Status = status;
    irp->IoStatus.Information = 0;
    IoCompleteRequest(irp, IO_NO_INCREMENT);
    return status;
}

static NTSTATUS NTAPI on_create(PDEVICE_OBJECT device, PIRP irp)
{
    (void)device;
    hub_get(the_hub);
    IoGetCurrentIrpStackLocation(irp)->FileObject->FsContext = the_hub;
    return complete(irp, STATUS_SUCCESS);
}

static NTSTATUS NTAPI on_close(PDEVICE_OBJECT device, PIRP irp)
{
    (void)device;
    hub_put(IoGetCurrentIrpStackLocation(irp)->FileObject->FsContext);
    return complete(irp, STATUS_SUCCESS);
}

void NTAPI driver_unload(PDRIVER_OBJECT driver)
{
    IoDeleteDevice(driver->DeviceObject);
    hub_put(the_hub);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    PDEVICE_OBJECT device;
    NTSTATUS status;

    (void)path;
    status = hub_create(&the_hub);
    if (!NT_SUCCESS(status))
        return status;
    status = IoCreateDevice(driver, 0, NULL, FILE_DEVICE_NETWORK, 0, FALSE, &device);
    if (!NT_SUCCESS(status)) {
        hub_put(the_hub);
        return status;
    }
    driver->MajorFunction[IRP_MJ_CREATE] = on_create;
    driver->MajorFunction[IRP_MJ_CLOSE] = on_close;
    driver->DriverUnload = driver_unload;
    return STATUS_SUCCESS;
}
