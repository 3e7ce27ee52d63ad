/* teal: raised only when asked; lowered only when it worked. */
#include <ntddk.h>

static ULONG TealBuffer[16];

static NTSTATUS
TealCopy(PULONG Source, ULONG Count, BOOLEAN Atomic)
{
    NTSTATUS status = STATUS_SUCCESS;
    KIRQL irql = PASSIVE_LEVEL;
    ULONG i;

    if (Count > ARRAYSIZE(TealBuffer)) {
        return STATUS_BUFFER_OVERFLOW;
    }
    if (Atomic) {
        KeRaiseIrql(DISPATCH_LEVEL, &irql);
    }
    for (i = 0; i < Count; i++) {
        if (Source[i] == 0) {
            status = STATUS_INVALID_PARAMETER;
            break;
        }
        TealBuffer[i] = Source[i];
    }
    if (Atomic && NT_SUCCESS(status)) {
        KeLowerIrql(irql);
    }
    return status; // EXPECT: irql-not-restored
}

static NTSTATUS NTAPI
TealControl(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
    ULONG code = stack->Parameters.DeviceIoControl.IoControlCode;
    PULONG buffer = Irp->AssociatedIrp.SystemBuffer;
    NTSTATUS status;

    UNREFERENCED_PARAMETER(DeviceObject);
    if (stack->Parameters.DeviceIoControl.InputBufferLength < sizeof(ULONG)) {
        status = STATUS_INVALID_PARAMETER;
    } else {
        status = TealCopy(buffer, 1, code == 2);
    }
    Irp->IoStatus.Status = status;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return status;
}

static PDEVICE_OBJECT TealDevice;

static NTSTATUS NTAPI
TealCreateClose(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    Irp->IoStatus.Status = STATUS_SUCCESS;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static VOID NTAPI
TealUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    IoDeleteDevice(TealDevice);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->MajorFunction[IRP_MJ_CREATE] = TealCreateClose;
    DriverObject->MajorFunction[IRP_MJ_CLOSE] = TealCreateClose;
    DriverObject->MajorFunction[IRP_MJ_DEVICE_CONTROL] = TealControl;
    DriverObject->DriverUnload = TealUnload;
    return IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &TealDevice);
}
