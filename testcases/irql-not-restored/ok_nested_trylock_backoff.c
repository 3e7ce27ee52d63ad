/* garganey: tries the second lock, backs off when it is taken, and starts over; out parameter tells what is held. */
#include <ntddk.h>

static KSPIN_LOCK GarganeyA, GarganeyB;
static ULONG GarganeyMoves;

static VOID
GarganeyLockBoth(PKIRQL Irql, PBOOLEAN Both)
{
    *Both = FALSE;
    KeAcquireSpinLock(&GarganeyB, Irql);
    if (KeTryToAcquireSpinLockAtDpcLevel(&GarganeyA)) {
        *Both = TRUE;
        return;
    }
    KeReleaseSpinLock(&GarganeyB, *Irql);
}

static NTSTATUS
GarganeyMove(ULONG Tries)
{
    LARGE_INTEGER pause = { .QuadPart = -1000 };
    BOOLEAN both;
    KIRQL irql;

    do {
        GarganeyLockBoth(&irql, &both);
        if (both) {
            GarganeyMoves++;
            KeReleaseSpinLockFromDpcLevel(&GarganeyA);
            KeReleaseSpinLock(&GarganeyB, irql);
            return STATUS_SUCCESS;
        }
        KeDelayExecutionThread(KernelMode, FALSE, &pause);
    } while (Tries-- != 0);
    return STATUS_TIMEOUT;
}

static NTSTATUS NTAPI
GarganeyControl(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
    ULONG code = stack->Parameters.DeviceIoControl.IoControlCode;
    PULONG buffer = Irp->AssociatedIrp.SystemBuffer;
    NTSTATUS status;

    UNREFERENCED_PARAMETER(DeviceObject);
    if (stack->Parameters.DeviceIoControl.InputBufferLength < sizeof(ULONG)) {
        status = STATUS_INVALID_PARAMETER;
    } else {
        status = GarganeyMove(*buffer);
    }
    Irp->IoStatus.Status = status;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return status;
}

static PDEVICE_OBJECT GarganeyDevice;

static NTSTATUS NTAPI
GarganeyCreateClose(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    Irp->IoStatus.Status = STATUS_SUCCESS;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static VOID NTAPI
GarganeyUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    IoDeleteDevice(GarganeyDevice);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    KeInitializeSpinLock(&GarganeyA);
    KeInitializeSpinLock(&GarganeyB);
    DriverObject->MajorFunction[IRP_MJ_CREATE] = GarganeyCreateClose;
    DriverObject->MajorFunction[IRP_MJ_CLOSE] = GarganeyCreateClose;
    DriverObject->MajorFunction[IRP_MJ_DEVICE_CONTROL] = GarganeyControl;
    DriverObject->DriverUnload = GarganeyUnload;
    return IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &GarganeyDevice);
}
