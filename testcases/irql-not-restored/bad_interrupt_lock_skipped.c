/* knell: the line counters belong to the interrupt spin lock.  */
#include <ntddk.h>

typedef struct knell {
    PKINTERRUPT interrupt;
    ULONG rings;
    ULONG reported;
} knell_t;

static knell_t knell;
static PDEVICE_OBJECT knell_device;

static BOOLEAN NTAPI
knell_isr(PKINTERRUPT interrupt, PVOID context)
{
    (void)interrupt;
    ((knell_t *)context)->rings++;
    return TRUE;
}

static ULONG
knell_collect(knell_t *k)
{
    ULONG fresh;
    KIRQL irql;

    if (k->interrupt == NULL)
        return 0;
    irql = KeAcquireInterruptSpinLock(k->interrupt);
    fresh = k->rings - k->reported;
    if (fresh == 0)
        return 0; // EXPECT: irql-not-restored
    k->reported = k->rings;
    KeReleaseInterruptSpinLock(k->interrupt, irql);
    return fresh;
}

static NTSTATUS NTAPI
knell_read(PDEVICE_OBJECT device, PIRP irp)
{
    (void)device;
    irp->IoStatus.Information = knell_collect(&knell);
    irp->IoStatus.Status = STATUS_SUCCESS;
    IoCompleteRequest(irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
knell_create_close(PDEVICE_OBJECT device, PIRP irp)
{
    (void)device;
    irp->IoStatus.Status = STATUS_SUCCESS;
    irp->IoStatus.Information = 0;
    IoCompleteRequest(irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static VOID NTAPI
knell_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    IoDisconnectInterrupt(knell.interrupt);
    IoDeleteDevice(knell_device);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    NTSTATUS status;

    (void)path;
    status = IoCreateDevice(driver, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &knell_device);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    status = IoConnectInterrupt(&knell.interrupt, knell_isr, &knell, NULL, 0x70, 8, 8, Latched, FALSE, 1, FALSE);
    if (!NT_SUCCESS(status)) { IoDeleteDevice(knell_device); return status; }
    driver->MajorFunction[IRP_MJ_READ] = knell_read;
    driver->MajorFunction[IRP_MJ_CREATE] = knell_create_close;
    driver->MajorFunction[IRP_MJ_CLOSE] = knell_create_close;
    driver->DriverUnload = knell_unload;
    return STATUS_SUCCESS;
}
