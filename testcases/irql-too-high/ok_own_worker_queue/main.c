#include "defer.h"

static ULONG volatile saved;
static PDEVICE_OBJECT later_device;

static void
later_save(void *context)
{
    ULONG value = (ULONG)(ULONG_PTR)context;

    saved = value;
    RtlWriteRegistryValue(RTL_REGISTRY_SERVICES, L"later", L"Last", REG_DWORD, &value, sizeof(value));
}

static void
later_count(void *context)
{
    InterlockedIncrement(context);
}

static volatile LONG later_writes;

static NTSTATUS NTAPI
later_write(PDEVICE_OBJECT device, PIRP irp)
{
    ULONG length = IoGetCurrentIrpStackLocation(irp)->Parameters.Write.Length;

    (void)device;
    defer_add(later_count, (void *)&later_writes);
    defer_add(later_save, (void *)(ULONG_PTR)length);
    irp->IoStatus.Status = STATUS_SUCCESS;
    irp->IoStatus.Information = length;
    IoCompleteRequest(irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
later_create_close(PDEVICE_OBJECT device, PIRP irp)
{
    (void)device;
    irp->IoStatus.Status = STATUS_SUCCESS;
    irp->IoStatus.Information = 0;
    IoCompleteRequest(irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static VOID NTAPI
later_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    defer_stop();
    IoDeleteDevice(later_device);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    NTSTATUS status;

    (void)path;
    status = IoCreateDevice(driver, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &later_device);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    defer_start();
    driver->MajorFunction[IRP_MJ_WRITE] = later_write;
    driver->MajorFunction[IRP_MJ_CREATE] = later_create_close;
    driver->MajorFunction[IRP_MJ_CLOSE] = later_create_close;
    driver->DriverUnload = later_unload;
    return STATUS_SUCCESS;
}
