/* karst: routines that the system calls are no lock wrappers: what they take or raise on every path stays. */
#include <ntddk.h>

static KSPIN_LOCK karst_lock;
static ULONG karst_reads;

static DRIVER_DISPATCH karst_read;
static IO_COMPLETION_ROUTINE karst_completed;
static DRIVER_DISPATCH karst_power;

static NTSTATUS NTAPI
karst_read(PDEVICE_OBJECT device, PIRP irp)
{
    KIRQL old;

    UNREFERENCED_PARAMETER(device);
    KeAcquireSpinLock(&karst_lock, &old);
    karst_reads++;
    irp->IoStatus.Status = STATUS_SUCCESS;
    IoCompleteRequest(irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS; // EXPECT: irql-not-restored
}

static NTSTATUS NTAPI
karst_completed(PDEVICE_OBJECT device, PIRP irp, PVOID context)
{
    KIRQL old;

    UNREFERENCED_PARAMETER(device);
    UNREFERENCED_PARAMETER(irp);
    UNREFERENCED_PARAMETER(context);
    KeRaiseIrql(DISPATCH_LEVEL, &old);
    karst_reads++;
    return STATUS_CONTINUE_COMPLETION; // EXPECT: irql-not-restored
}

static NTSTATUS NTAPI
karst_power(PDEVICE_OBJECT device, PIRP irp)
{
    PDEVICE_OBJECT lower = device->DeviceExtension;

    IoCopyCurrentIrpStackLocationToNext(irp);
    IoSetCompletionRoutine(irp, karst_completed, NULL, TRUE, TRUE, TRUE);
    return IoCallDriver(lower, irp);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    UNREFERENCED_PARAMETER(path);
    KeInitializeSpinLock(&karst_lock);
    driver->MajorFunction[IRP_MJ_READ] = karst_read;
    driver->MajorFunction[IRP_MJ_POWER] = karst_power;
    return STATUS_SUCCESS;
}
