/* harrier: raised inside the guarded body, lowered in its handler; what follows is at PASSIVE_LEVEL again. */
#include <ntddk.h>

static ULONG HarrierSum;

static NTSTATUS
HarrierAdd(PULONG Values, ULONG Count)
{
    LARGE_INTEGER pause = { .QuadPart = -10000 };
    BOOLEAN raised = FALSE;
    KIRQL irql = PASSIVE_LEVEL;
    NTSTATUS status = STATUS_SUCCESS;
    ULONG i;

    __try {
        if (Count == 0) {
            status = STATUS_INVALID_PARAMETER;
            __leave;
        }
        irql = KeRaiseIrqlToDpcLevel();
        raised = TRUE;
        for (i = 0; i < Count; i++) {
            if (Values[i] > 1000) {
                status = STATUS_INTEGER_OVERFLOW;
                __leave;
            }
            HarrierSum += Values[i];
        }
    } __finally {
        if (raised) {
            KeLowerIrql(irql);
        }
    }
    KeDelayExecutionThread(KernelMode, FALSE, &pause);
    return status;
}

static NTSTATUS NTAPI
HarrierControl(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
    ULONG code = stack->Parameters.DeviceIoControl.IoControlCode;
    PULONG buffer = Irp->AssociatedIrp.SystemBuffer;
    NTSTATUS status;

    UNREFERENCED_PARAMETER(DeviceObject);
    if (stack->Parameters.DeviceIoControl.InputBufferLength < sizeof(ULONG)) {
        status = STATUS_INVALID_PARAMETER;
    } else {
        status = HarrierAdd(buffer, stack->Parameters.DeviceIoControl.InputBufferLength / sizeof(ULONG));
    }
    Irp->IoStatus.Status = status;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return status;
}

static PDEVICE_OBJECT HarrierDevice;

static NTSTATUS NTAPI
HarrierCreateClose(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    Irp->IoStatus.Status = STATUS_SUCCESS;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static VOID NTAPI
HarrierUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    IoDeleteDevice(HarrierDevice);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->MajorFunction[IRP_MJ_CREATE] = HarrierCreateClose;
    DriverObject->MajorFunction[IRP_MJ_CLOSE] = HarrierCreateClose;
    DriverObject->MajorFunction[IRP_MJ_DEVICE_CONTROL] = HarrierControl;
    DriverObject->DriverUnload = HarrierUnload;
    return IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &HarrierDevice);
}
