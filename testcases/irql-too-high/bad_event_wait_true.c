/* baton: hands the turn over. KeSetEvent with Wait == TRUE must be followed by a wait and needs APC_LEVEL or below, but the lock is held. */
#include <ntddk.h>

typedef struct baton { KSPIN_LOCK lock; KEVENT turn; ULONG owner; } baton_t;

static baton_t baton;
static PDEVICE_OBJECT baton_device;

static void
baton_pass(baton_t *b, ULONG next)
{
    KLOCK_QUEUE_HANDLE queue;

    KeAcquireInStackQueuedSpinLock(&b->lock, &queue);
    b->owner = next;
    KeSetEvent(&b->turn, IO_NO_INCREMENT, TRUE); // EXPECT: irql-too-high
    KeReleaseInStackQueuedSpinLock(&queue);
}

static NTSTATUS NTAPI
baton_write(PDEVICE_OBJECT device, PIRP irp)
{
    (void)device;
    baton_pass(&baton, IoGetCurrentIrpStackLocation(irp)->Parameters.Write.Length);
    irp->IoStatus.Status = STATUS_SUCCESS;
    irp->IoStatus.Information = 0;
    IoCompleteRequest(irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
baton_read(PDEVICE_OBJECT device, PIRP irp)
{
    (void)device;
    /* Nothing is held here: the dispatcher lock may be kept for the wait. */
    KeSetEvent(&baton.turn, IO_NO_INCREMENT, TRUE);
    KeWaitForSingleObject(&baton.turn, Executive, KernelMode, FALSE, NULL);
    irp->IoStatus.Status = STATUS_SUCCESS;
    irp->IoStatus.Information = 0;
    IoCompleteRequest(irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
baton_create_close(PDEVICE_OBJECT device, PIRP irp)
{
    (void)device;
    irp->IoStatus.Status = STATUS_SUCCESS;
    irp->IoStatus.Information = 0;
    IoCompleteRequest(irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static VOID NTAPI
baton_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    IoDeleteDevice(baton_device);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    NTSTATUS status;

    (void)path;
    status = IoCreateDevice(driver, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &baton_device);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    KeInitializeSpinLock(&baton.lock);
    KeInitializeEvent(&baton.turn, SynchronizationEvent, FALSE);
    driver->MajorFunction[IRP_MJ_WRITE] = baton_write;
    driver->MajorFunction[IRP_MJ_READ] = baton_read;
    driver->MajorFunction[IRP_MJ_CREATE] = baton_create_close;
    driver->MajorFunction[IRP_MJ_CLOSE] = baton_create_close;
    driver->DriverUnload = baton_unload;
    return STATUS_SUCCESS;
}
