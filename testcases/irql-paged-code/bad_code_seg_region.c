/* attic: the code_seg region reaches over the timer routine. */
#include <ntddk.h>

static KTIMER attic_timer;
static KDPC attic_dpc;
static ULONG attic_ticks;
static PDEVICE_OBJECT attic_device;

static VOID NTAPI attic_tick(PKDPC dpc, PVOID context, PVOID a, PVOID b);

static void
attic_start(void)
{
    LARGE_INTEGER due;

    KeInitializeTimer(&attic_timer);
    KeInitializeDpc(&attic_dpc, attic_tick, &attic_ticks); // EXPECT: irql-paged-code
    due.QuadPart = -10000000;
    KeSetTimerEx(&attic_timer, due, 1000, &attic_dpc);
}

#pragma code_seg("PAGE")

static NTSTATUS NTAPI
attic_write(PDEVICE_OBJECT device, PIRP irp)
{
    PAGED_CODE();
    (void)device;
    irp->IoStatus.Status = STATUS_SUCCESS;
    irp->IoStatus.Information = 0;
    IoCompleteRequest(irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static VOID NTAPI
attic_tick(PKDPC dpc, PVOID context, PVOID a, PVOID b)
{
    (void)dpc;
    (void)a;
    (void)b;
    ++*(ULONG *)context;
}

#pragma code_seg()

static NTSTATUS NTAPI
attic_create_close(PDEVICE_OBJECT device, PIRP irp)
{
    (void)device;
    irp->IoStatus.Status = STATUS_SUCCESS;
    irp->IoStatus.Information = 0;
    IoCompleteRequest(irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static VOID NTAPI
attic_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    KeCancelTimer(&attic_timer);
    KeFlushQueuedDpcs();
    IoDeleteDevice(attic_device);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    NTSTATUS status;

    (void)path;
    status = IoCreateDevice(driver, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &attic_device);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    attic_start();
    driver->MajorFunction[IRP_MJ_WRITE] = attic_write;
    driver->MajorFunction[IRP_MJ_CREATE] = attic_create_close;
    driver->MajorFunction[IRP_MJ_CLOSE] = attic_create_close;
    driver->DriverUnload = attic_unload;
    return STATUS_SUCCESS;
}
