/* eddy: the lock macros keep the old level in the object.  */
#include <ntddk.h>

#define EDDY_TAG 'yddE'
#define EDDY_LOCK(e)   do { KIRQL old_; KeAcquireSpinLock(&(e)->lock, &old_); (e)->irql = old_; } while (0)
#define EDDY_UNLOCK(e) do { KIRQL old_ = (e)->irql; KeReleaseSpinLock(&(e)->lock, old_); } while (0)
#define EDDY_ALLOC(size) ExAllocatePoolWithTag(NonPagedPoolNx, (size), EDDY_TAG)

typedef struct eddy { KSPIN_LOCK lock; KIRQL irql; void *buffer; ULONG length; } eddy_t;

static eddy_t eddy;
static PDEVICE_OBJECT eddy_device;

static BOOLEAN
eddy_reserve(eddy_t *e, ULONG length)
{
    BOOLEAN there;

    EDDY_LOCK(e);
    if (e->buffer == NULL) {
        e->buffer = EDDY_ALLOC(length);
        e->length = length;
    }
    there = e->buffer != NULL && e->length >= length;
    EDDY_UNLOCK(e);
    return there;
}

static void
eddy_drop(eddy_t *e)
{
    if (e->buffer != NULL)
        ExFreePoolWithTag(e->buffer, EDDY_TAG);
    e->buffer = NULL;
}

static NTSTATUS NTAPI
eddy_write(PDEVICE_OBJECT device, PIRP irp)
{
    ULONG length = IoGetCurrentIrpStackLocation(irp)->Parameters.Write.Length;

    (void)device;
    irp->IoStatus.Information = eddy_reserve(&eddy, length + 1) ? length : 0;
    irp->IoStatus.Status = STATUS_SUCCESS;
    IoCompleteRequest(irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
eddy_create_close(PDEVICE_OBJECT device, PIRP irp)
{
    (void)device;
    irp->IoStatus.Status = STATUS_SUCCESS;
    irp->IoStatus.Information = 0;
    IoCompleteRequest(irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static VOID NTAPI
eddy_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    eddy_drop(&eddy);
    IoDeleteDevice(eddy_device);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    NTSTATUS status;

    (void)path;
    status = IoCreateDevice(driver, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &eddy_device);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    KeInitializeSpinLock(&eddy.lock);
    driver->MajorFunction[IRP_MJ_WRITE] = eddy_write;
    driver->MajorFunction[IRP_MJ_CREATE] = eddy_create_close;
    driver->MajorFunction[IRP_MJ_CLOSE] = eddy_create_close;
    driver->DriverUnload = eddy_unload;
    return STATUS_SUCCESS;
}
