/* metro: an EX_TIMER callback runs at DISPATCH_LEVEL. It only sets an event. */
#include <ntddk.h>

typedef struct metro { KGUARDED_MUTEX mutex; KEVENT tick; ULONG ticks; PEX_TIMER timer; } metro_t;

static metro_t metro;
static PDEVICE_OBJECT metro_device;

static void
metro_count(metro_t *m)
{
    KeAcquireGuardedMutex(&m->mutex);
    m->ticks++;
    KeReleaseGuardedMutex(&m->mutex);
}

static VOID NTAPI
metro_expired(PEX_TIMER timer, PVOID context)
{
    metro_t *m = context;

    (void)timer;
    KeSetEvent(&m->tick, IO_NO_INCREMENT, FALSE);
}

static NTSTATUS NTAPI
metro_read(PDEVICE_OBJECT device, PIRP irp)
{
    (void)device;
    if (KeReadStateEvent(&metro.tick))
        metro_count(&metro);
    irp->IoStatus.Status = STATUS_SUCCESS;
    irp->IoStatus.Information = metro.ticks;
    IoCompleteRequest(irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
metro_create_close(PDEVICE_OBJECT device, PIRP irp)
{
    (void)device;
    irp->IoStatus.Status = STATUS_SUCCESS;
    irp->IoStatus.Information = 0;
    IoCompleteRequest(irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static VOID NTAPI
metro_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    ExDeleteTimer(metro.timer, TRUE, TRUE, NULL);
    IoDeleteDevice(metro_device);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    NTSTATUS status;

    (void)path;
    status = IoCreateDevice(driver, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &metro_device);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    KeInitializeGuardedMutex(&metro.mutex);
    KeInitializeEvent(&metro.tick, NotificationEvent, FALSE);
    metro.timer = ExAllocateTimer(metro_expired, &metro, EX_TIMER_HIGH_RESOLUTION);
    if (metro.timer == NULL) { IoDeleteDevice(metro_device); return STATUS_INSUFFICIENT_RESOURCES; }
    ExSetTimer(metro.timer, -10000, 10000, NULL);
    driver->MajorFunction[IRP_MJ_READ] = metro_read;
    driver->MajorFunction[IRP_MJ_CREATE] = metro_create_close;
    driver->MajorFunction[IRP_MJ_CLOSE] = metro_create_close;
    driver->DriverUnload = metro_unload;
    return STATUS_SUCCESS;
}
