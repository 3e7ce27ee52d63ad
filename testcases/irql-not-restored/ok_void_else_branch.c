/* lantern: a DPC-safe counter.  */
#include <ntddk.h>

typedef struct lantern { KSPIN_LOCK lock; ULONG lit, limit; PKEVENT full; } lantern_t;

static lantern_t lantern = { .limit = 12 };
static KEVENT lantern_full;
static PDEVICE_OBJECT lantern_device;

static void
lantern_light(lantern_t *l)
{
    KLOCK_QUEUE_HANDLE queue;

    KeAcquireInStackQueuedSpinLock(&l->lock, &queue);
    if (l->lit < l->limit) {
        l->lit++;
    } else {
        l->lit = 0;
        KeSetEvent(l->full, IO_NO_INCREMENT, FALSE);
    }
    KeReleaseInStackQueuedSpinLock(&queue);
}

static NTSTATUS NTAPI
lantern_write(PDEVICE_OBJECT device, PIRP irp)
{
    (void)device;
    lantern_light(&lantern);
    irp->IoStatus.Status = STATUS_SUCCESS;
    irp->IoStatus.Information = 0;
    IoCompleteRequest(irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
lantern_create_close(PDEVICE_OBJECT device, PIRP irp)
{
    (void)device;
    irp->IoStatus.Status = STATUS_SUCCESS;
    irp->IoStatus.Information = 0;
    IoCompleteRequest(irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static VOID NTAPI
lantern_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    IoDeleteDevice(lantern_device);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    NTSTATUS status;

    (void)path;
    status = IoCreateDevice(driver, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &lantern_device);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    KeInitializeSpinLock(&lantern.lock);
    KeInitializeEvent(&lantern_full, NotificationEvent, FALSE);
    lantern.full = &lantern_full;
    driver->MajorFunction[IRP_MJ_WRITE] = lantern_write;
    driver->MajorFunction[IRP_MJ_CREATE] = lantern_create_close;
    driver->MajorFunction[IRP_MJ_CLOSE] = lantern_create_close;
    driver->DriverUnload = lantern_unload;
    return STATUS_SUCCESS;
}
