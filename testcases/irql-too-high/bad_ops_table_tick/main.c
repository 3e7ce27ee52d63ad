#include "ops.h"

sensor_t sensors[SENSOR_COUNT];
static KTIMER tick_timer;
static KDPC tick_dpc;
static PDEVICE_OBJECT sens_device;

static VOID NTAPI
sens_tick(PKDPC dpc, PVOID context, PVOID a, PVOID b)
{
    sensor_t *s;

    (void)dpc;
    (void)context;
    (void)a;
    (void)b;
    for (s = sensors; s < sensors + SENSOR_COUNT; s++)
        s->ops->tick(s);
}

static NTSTATUS NTAPI
sens_cleanup(PDEVICE_OBJECT device, PIRP irp)
{
    int i;

    (void)device;
    for (i = 0; i < SENSOR_COUNT; i++)
        sensors[i].ops->flush(&sensors[i]);
    irp->IoStatus.Status = STATUS_SUCCESS;
    irp->IoStatus.Information = 0;
    IoCompleteRequest(irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static void
sens_start(void)
{
    LARGE_INTEGER due;
    int i;

    for (i = 0; i < SENSOR_COUNT; i++) {
        sensors[i].ops = i == 0 ? &heat_ops : &fan_ops;
        KeInitializeGuardedMutex(&sensors[i].history_lock);
        KeInitializeSpinLock(&sensors[i].value_lock);
    }
    KeInitializeTimerEx(&tick_timer, SynchronizationTimer);
    KeInitializeDpc(&tick_dpc, sens_tick, NULL);
    due.QuadPart = -1000000;
    KeSetTimerEx(&tick_timer, due, 100, &tick_dpc);
}

static void
sens_stop(void)
{
    KeCancelTimer(&tick_timer);
    KeFlushQueuedDpcs();
}

static NTSTATUS NTAPI
sens_create_close(PDEVICE_OBJECT device, PIRP irp)
{
    (void)device;
    irp->IoStatus.Status = STATUS_SUCCESS;
    irp->IoStatus.Information = 0;
    IoCompleteRequest(irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static VOID NTAPI
sens_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    sens_stop();
    IoDeleteDevice(sens_device);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    NTSTATUS status;

    (void)path;
    status = IoCreateDevice(driver, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &sens_device);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    sens_start();
    driver->MajorFunction[IRP_MJ_CLEANUP] = sens_cleanup;
    driver->MajorFunction[IRP_MJ_CREATE] = sens_create_close;
    driver->MajorFunction[IRP_MJ_CLOSE] = sens_create_close;
    driver->DriverUnload = sens_unload;
    return STATUS_SUCCESS;
}
