#include "oslock.h"

typedef struct pump {
    os_lock_t lock;
    ULONG level;
    BOOLEAN stop;
    KEVENT stopped;
} pump_t;

static pump_t pump;
static PDEVICE_OBJECT pump_device;

static BOOLEAN
pump_step(pump_t *p)
{
    BOOLEAN more;
    KIRQL state;

    state = os_lock_enter(p->lock);
    more = p->level > 0;
    if (more)
        p->level--;
    os_lock_leave(p->lock, state);
    if (!more)
        os_sleep(10);
    return more;
}

static VOID NTAPI
pump_run(PVOID context)
{
    pump_t *p = context;

    while (!p->stop)
        pump_step(p);
    KeSetEvent(&p->stopped, IO_NO_INCREMENT, FALSE);
    PsTerminateSystemThread(STATUS_SUCCESS);
}

static NTSTATUS NTAPI
pump_write(PDEVICE_OBJECT device, PIRP irp)
{
    KIRQL state = os_lock_enter(pump.lock);

    (void)device;
    pump.level++;
    os_lock_leave(pump.lock, state);
    irp->IoStatus.Status = STATUS_SUCCESS;
    irp->IoStatus.Information = 0;
    IoCompleteRequest(irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static NTSTATUS
pump_start(void)
{
    NTSTATUS status;
    HANDLE thread;

    KeInitializeEvent(&pump.stopped, NotificationEvent, FALSE);
    status = os_lock_create(&pump.lock);
    if (NT_SUCCESS(status))
        status = PsCreateSystemThread(&thread, THREAD_ALL_ACCESS, NULL, NULL, NULL, pump_run, &pump);
    if (NT_SUCCESS(status))
        ZwClose(thread);
    return status;
}

static void
pump_join(void)
{
    pump.stop = TRUE;
    KeWaitForSingleObject(&pump.stopped, Executive, KernelMode, FALSE, NULL);
}

static NTSTATUS NTAPI
pump_create_close(PDEVICE_OBJECT device, PIRP irp)
{
    (void)device;
    irp->IoStatus.Status = STATUS_SUCCESS;
    irp->IoStatus.Information = 0;
    IoCompleteRequest(irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static VOID NTAPI
pump_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    pump_join();
    IoDeleteDevice(pump_device);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    NTSTATUS status;

    (void)path;
    status = IoCreateDevice(driver, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &pump_device);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    status = pump_start();
    if (!NT_SUCCESS(status)) { IoDeleteDevice(pump_device); return status; }
    driver->MajorFunction[IRP_MJ_WRITE] = pump_write;
    driver->MajorFunction[IRP_MJ_CREATE] = pump_create_close;
    driver->MajorFunction[IRP_MJ_CLOSE] = pump_create_close;
    driver->DriverUnload = pump_unload;
    return STATUS_SUCCESS;
}
