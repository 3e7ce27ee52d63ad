/* weir: the DPC and requests share WeirAdd, which uses the queued lock without raising. A request calls it as it is. */
#include <ntddk.h>

typedef struct weir { KSPIN_LOCK lock; ULONG drops; KTIMER timer; KDPC dpc; } weir_t;

static weir_t weir;
static PDEVICE_OBJECT weir_device;

static void
weir_add(weir_t *w, ULONG drops)
{
    KLOCK_QUEUE_HANDLE queue;

    KeAcquireInStackQueuedSpinLockAtDpcLevel(&w->lock, &queue); // EXPECT: irql-too-low
    w->drops += drops;
    KeReleaseInStackQueuedSpinLockFromDpcLevel(&queue);
}

static VOID NTAPI
weir_tick(PKDPC dpc, PVOID context, PVOID a, PVOID b)
{
    (void)dpc;
    (void)a;
    (void)b;
    weir_add(context, 1);
}

static NTSTATUS NTAPI
weir_write(PDEVICE_OBJECT device, PIRP irp)
{
    ULONG length = IoGetCurrentIrpStackLocation(irp)->Parameters.Write.Length;

    (void)device;
    weir_add(&weir, length);
    irp->IoStatus.Status = STATUS_SUCCESS;
    irp->IoStatus.Information = length;
    IoCompleteRequest(irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
weir_create_close(PDEVICE_OBJECT device, PIRP irp)
{
    (void)device;
    irp->IoStatus.Status = STATUS_SUCCESS;
    irp->IoStatus.Information = 0;
    IoCompleteRequest(irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static VOID NTAPI
weir_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    KeCancelTimer(&weir.timer);
    KeFlushQueuedDpcs();
    IoDeleteDevice(weir_device);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    LARGE_INTEGER due;
    NTSTATUS status;

    (void)path;
    status = IoCreateDevice(driver, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &weir_device);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    KeInitializeSpinLock(&weir.lock);
    KeInitializeTimer(&weir.timer);
    KeInitializeDpc(&weir.dpc, weir_tick, &weir);
    due.QuadPart = -5000000;
    KeSetTimerEx(&weir.timer, due, 500, &weir.dpc);
    driver->MajorFunction[IRP_MJ_WRITE] = weir_write;
    driver->MajorFunction[IRP_MJ_CREATE] = weir_create_close;
    driver->MajorFunction[IRP_MJ_CLOSE] = weir_create_close;
    driver->DriverUnload = weir_unload;
    return STATUS_SUCCESS;
}
