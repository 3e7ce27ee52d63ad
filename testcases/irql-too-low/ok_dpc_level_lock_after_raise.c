/* turbine: a thread that never waits takes its locks the cheap way. It raises first. */
#include <ntddk.h>

typedef struct turbine { KSPIN_LOCK lock; ULONG turns; KEVENT stop; PVOID thread; } turbine_t;

static turbine_t turbine;
static PDEVICE_OBJECT turbine_device;

static void
turbine_turn(turbine_t *t)
{
    KeAcquireSpinLockAtDpcLevel(&t->lock);
    t->turns++;
    KeReleaseSpinLockFromDpcLevel(&t->lock);
}

static VOID NTAPI
turbine_run(PVOID context)
{
    LARGE_INTEGER period = { .QuadPart = -1000000LL };
    turbine_t *t = context;
    KIRQL irql;

    while (KeWaitForSingleObject(&t->stop, Executive, KernelMode, FALSE, &period) == STATUS_TIMEOUT) {
        KeRaiseIrql(DISPATCH_LEVEL, &irql);
        turbine_turn(t);
        KeLowerIrql(irql);
    }
    PsTerminateSystemThread(STATUS_SUCCESS);
}

static NTSTATUS
turbine_start(turbine_t *t)
{
    NTSTATUS status;
    HANDLE thread;

    KeInitializeSpinLock(&t->lock);
    KeInitializeEvent(&t->stop, NotificationEvent, FALSE);
    status = PsCreateSystemThread(&thread, THREAD_ALL_ACCESS, NULL, NULL, NULL, turbine_run, t);
    if (!NT_SUCCESS(status))
        return status;
    ObReferenceObjectByHandle(thread, SYNCHRONIZE, *PsThreadType, KernelMode, &t->thread, NULL);
    ZwClose(thread);
    return STATUS_SUCCESS;
}

static void
turbine_join(turbine_t *t)
{
    KeSetEvent(&t->stop, IO_NO_INCREMENT, FALSE);
    KeWaitForSingleObject(t->thread, Executive, KernelMode, FALSE, NULL);
    ObDereferenceObject(t->thread);
}

static NTSTATUS NTAPI
turbine_create_close(PDEVICE_OBJECT device, PIRP irp)
{
    (void)device;
    irp->IoStatus.Status = STATUS_SUCCESS;
    irp->IoStatus.Information = 0;
    IoCompleteRequest(irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static VOID NTAPI
turbine_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    turbine_join(&turbine);
    IoDeleteDevice(turbine_device);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    NTSTATUS status;

    (void)path;
    status = IoCreateDevice(driver, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &turbine_device);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    status = turbine_start(&turbine);
    if (!NT_SUCCESS(status)) { IoDeleteDevice(turbine_device); return status; }
    driver->MajorFunction[IRP_MJ_CREATE] = turbine_create_close;
    driver->MajorFunction[IRP_MJ_CLOSE] = turbine_create_close;
    driver->DriverUnload = turbine_unload;
    return STATUS_SUCCESS;
}
