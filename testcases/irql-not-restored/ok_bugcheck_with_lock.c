/* hull: a broken list ends in a bug check, with the lock held; that path does not return. */
#include <ntddk.h>

typedef struct hull { KSPIN_LOCK lock; LIST_ENTRY plates; ULONG count; } hull_t;

static hull_t hull;
static PDEVICE_OBJECT hull_device;

static DECLSPEC_NORETURN void
hull_broken(hull_t *h)
{
    KeBugCheckEx(0xDEADBEEF, (ULONG_PTR)h, h->count, 0, 0);
}

static ULONG
hull_count(hull_t *h)
{
    PLIST_ENTRY entry;
    ULONG count = 0;
    KIRQL irql;

    KeAcquireSpinLock(&h->lock, &irql);
    for (entry = h->plates.Flink; entry != &h->plates; entry = entry->Flink) {
        if (entry->Flink->Blink != entry)
            hull_broken(h);
        if (++count > 100000)
            RtlFailFast(FAST_FAIL_CORRUPT_LIST_ENTRY);
    }
    if (count != h->count)
        KeBugCheckEx(0xDEADBEEF, count, h->count, 0, 0);
    KeReleaseSpinLock(&h->lock, irql);
    return count;
}

static NTSTATUS NTAPI
hull_read(PDEVICE_OBJECT device, PIRP irp)
{
    (void)device;
    irp->IoStatus.Information = hull_count(&hull);
    irp->IoStatus.Status = STATUS_SUCCESS;
    IoCompleteRequest(irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
hull_create_close(PDEVICE_OBJECT device, PIRP irp)
{
    (void)device;
    irp->IoStatus.Status = STATUS_SUCCESS;
    irp->IoStatus.Information = 0;
    IoCompleteRequest(irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static VOID NTAPI
hull_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    IoDeleteDevice(hull_device);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    NTSTATUS status;

    (void)path;
    status = IoCreateDevice(driver, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &hull_device);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    KeInitializeSpinLock(&hull.lock);
    InitializeListHead(&hull.plates);
    driver->MajorFunction[IRP_MJ_READ] = hull_read;
    driver->MajorFunction[IRP_MJ_CREATE] = hull_create_close;
    driver->MajorFunction[IRP_MJ_CLOSE] = hull_create_close;
    driver->DriverUnload = hull_unload;
    return STATUS_SUCCESS;
}
