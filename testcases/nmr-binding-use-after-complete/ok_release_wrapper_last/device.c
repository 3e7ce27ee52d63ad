#include "jetty.h"

static PDEVICE_OBJECT jetty_device;
NTSTATUS jetty_nmr_start(void);
void jetty_nmr_stop(void);

static NTSTATUS NTAPI
jetty_write(PDEVICE_OBJECT device, PIRP irp)
{
    jetty_t *jetty = jetty_hold();
    NTSTATUS status = STATUS_DEVICE_NOT_READY;

    (void)device;
    if (jetty != NULL) {
        jetty->served++;
        jetty_release(jetty);
        status = STATUS_SUCCESS;
    }
    irp->IoStatus.Status = status;
    irp->IoStatus.Information = 0;
    IoCompleteRequest(irp, IO_NO_INCREMENT);
    return status;
}

static NTSTATUS NTAPI
jetty_create_close(PDEVICE_OBJECT device, PIRP irp)
{
    (void)device;
    irp->IoStatus.Status = STATUS_SUCCESS;
    irp->IoStatus.Information = 0;
    IoCompleteRequest(irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static VOID NTAPI
jetty_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    jetty_nmr_stop();
    IoDeleteDevice(jetty_device);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    NTSTATUS status;

    (void)path;
    status = IoCreateDevice(driver, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &jetty_device);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    status = jetty_nmr_start();
    if (!NT_SUCCESS(status)) { IoDeleteDevice(jetty_device); return status; }
    driver->MajorFunction[IRP_MJ_WRITE] = jetty_write;
    driver->MajorFunction[IRP_MJ_CREATE] = jetty_create_close;
    driver->MajorFunction[IRP_MJ_CLOSE] = jetty_create_close;
    driver->DriverUnload = jetty_unload;
    return STATUS_SUCCESS;
}
