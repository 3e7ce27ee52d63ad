#include "yard.h"

static yard_t yard;
static PDEVICE_OBJECT yard_device;

static NTSTATUS NTAPI
yard_write(PDEVICE_OBJECT device, PIRP irp)
{
    ULONG number = IoGetCurrentIrpStackLocation(irp)->Parameters.Write.Length;
    NTSTATUS status = yard_take(&yard, number) ? STATUS_SUCCESS : yard_add(&yard, number);

    (void)device;
    irp->IoStatus.Status = status;
    irp->IoStatus.Information = 0;
    IoCompleteRequest(irp, IO_NO_INCREMENT);
    return status;
}

static NTSTATUS NTAPI
yard_create_close(PDEVICE_OBJECT device, PIRP irp)
{
    (void)device;
    irp->IoStatus.Status = STATUS_SUCCESS;
    irp->IoStatus.Information = 0;
    IoCompleteRequest(irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static VOID NTAPI
yard_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    IoDeleteDevice(yard_device);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    NTSTATUS status;

    (void)path;
    status = IoCreateDevice(driver, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &yard_device);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    yard_init(&yard);
    driver->MajorFunction[IRP_MJ_WRITE] = yard_write;
    driver->MajorFunction[IRP_MJ_CREATE] = yard_create_close;
    driver->MajorFunction[IRP_MJ_CLOSE] = yard_create_close;
    driver->DriverUnload = yard_unload;
    return STATUS_SUCCESS;
}
