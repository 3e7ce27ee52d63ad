#include "rill.h"

rill_t rill;
PDEVICE_OBJECT rill_lower;
static PDEVICE_OBJECT rill_device;
static PFILE_OBJECT rill_file;

static NTSTATUS NTAPI
rill_write(PDEVICE_OBJECT device, PIRP irp)
{
    (void)device;
    return rill_submit(&rill, irp);
}

static NTSTATUS
rill_open_lower(void)
{
    UNICODE_STRING name = RTL_CONSTANT_STRING(L"\\Device\\Source");

    return IoGetDeviceObjectPointer(&name, FILE_ALL_ACCESS, &rill_file, &rill_lower);
}

static NTSTATUS NTAPI
rill_create_close(PDEVICE_OBJECT device, PIRP irp)
{
    (void)device;
    irp->IoStatus.Status = STATUS_SUCCESS;
    irp->IoStatus.Information = 0;
    IoCompleteRequest(irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static VOID NTAPI
rill_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    rill_deregister();
    ObDereferenceObject(rill_file);
    IoDeleteDevice(rill_device);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    NTSTATUS status;

    (void)path;
    status = IoCreateDevice(driver, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &rill_device);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    status = rill_open_lower();
    if (!NT_SUCCESS(status)) { IoDeleteDevice(rill_device); return status; }
    rill_device->StackSize = rill_lower->StackSize + 1;
    status = rill_register();
    if (!NT_SUCCESS(status)) { ObDereferenceObject(rill_file); IoDeleteDevice(rill_device); return status; }
    driver->MajorFunction[IRP_MJ_WRITE] = rill_write;
    driver->MajorFunction[IRP_MJ_CREATE] = rill_create_close;
    driver->MajorFunction[IRP_MJ_CLOSE] = rill_create_close;
    driver->DriverUnload = rill_unload;
    return STATUS_SUCCESS;
}
