/* pumice: the lock is taken in the way that fits the level. The test is the wrong way round. */
#include <ntddk.h>

typedef struct pumice { KSPIN_LOCK lock; ULONG holes; KTIMER timer; KDPC dpc; } pumice_t;

static pumice_t pumice;
static PDEVICE_OBJECT pumice_device;

static void
pumice_add(pumice_t *p)
{
    KIRQL irql;

    if (KeGetCurrentIrql() < DISPATCH_LEVEL) {
        KeAcquireSpinLockAtDpcLevel(&p->lock); // EXPECT: irql-too-low
        p->holes++;
        KeReleaseSpinLockFromDpcLevel(&p->lock);
    } else {
        KeAcquireSpinLock(&p->lock, &irql);
        p->holes++;
        KeReleaseSpinLock(&p->lock, irql);
    }
}

static VOID NTAPI
pumice_tick(PKDPC dpc, PVOID context, PVOID a, PVOID b)
{
    (void)dpc;
    (void)a;
    (void)b;
    pumice_add(context);
}

static NTSTATUS NTAPI
pumice_write(PDEVICE_OBJECT device, PIRP irp)
{
    (void)device;
    pumice_add(&pumice);
    irp->IoStatus.Status = STATUS_SUCCESS;
    irp->IoStatus.Information = 0;
    IoCompleteRequest(irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
pumice_create_close(PDEVICE_OBJECT device, PIRP irp)
{
    (void)device;
    irp->IoStatus.Status = STATUS_SUCCESS;
    irp->IoStatus.Information = 0;
    IoCompleteRequest(irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static VOID NTAPI
pumice_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    KeCancelTimer(&pumice.timer);
    KeFlushQueuedDpcs();
    IoDeleteDevice(pumice_device);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    LARGE_INTEGER due;
    NTSTATUS status;

    (void)path;
    status = IoCreateDevice(driver, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &pumice_device);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    KeInitializeSpinLock(&pumice.lock);
    KeInitializeTimer(&pumice.timer);
    KeInitializeDpc(&pumice.dpc, pumice_tick, &pumice);
    due.QuadPart = -5000000;
    KeSetTimerEx(&pumice.timer, due, 500, &pumice.dpc);
    driver->MajorFunction[IRP_MJ_WRITE] = pumice_write;
    driver->MajorFunction[IRP_MJ_CREATE] = pumice_create_close;
    driver->MajorFunction[IRP_MJ_CLOSE] = pumice_create_close;
    driver->DriverUnload = pumice_unload;
    return STATUS_SUCCESS;
}
