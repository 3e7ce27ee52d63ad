/* pintail: a helper two calls down must be entered at DISPATCH_LEVEL. */
#include <ntddk.h>

typedef struct _PINTAIL { ULONG PerCpu[64]; KDPC Dpc; } PINTAIL, *PPINTAIL;

static PINTAIL Pintail;

_IRQL_requires_min_(DISPATCH_LEVEL)
static VOID
PintailBumpCpu(PPINTAIL P)
{
    P->PerCpu[KeGetCurrentProcessorNumberEx(NULL) % 64]++;
}

static VOID
PintailBump(PPINTAIL P, ULONG Times)
{
    while (Times-- != 0) {
        PintailBumpCpu(P); // EXPECT: irql-too-low
    }
}

static VOID NTAPI
PintailRun(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2)
{
    UNREFERENCED_PARAMETER(Dpc);
    UNREFERENCED_PARAMETER(Argument1);
    UNREFERENCED_PARAMETER(Argument2);
    PintailBump(Context, 1);
}

static NTSTATUS
PintailCommand(ULONG Times)
{
    KIRQL irql;

    KeRaiseIrql(DISPATCH_LEVEL, &irql);
    PintailBump(&Pintail, Times);
    KeLowerIrql(irql);
    KeInsertQueueDpc(&Pintail.Dpc, NULL, NULL);
    if (Times > 100) {
        PintailBump(&Pintail, 1);
    }
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
PintailControl(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
    ULONG code = stack->Parameters.DeviceIoControl.IoControlCode;
    PULONG buffer = Irp->AssociatedIrp.SystemBuffer;
    NTSTATUS status;

    UNREFERENCED_PARAMETER(DeviceObject);
    if (stack->Parameters.DeviceIoControl.InputBufferLength < sizeof(ULONG)) {
        status = STATUS_INVALID_PARAMETER;
    } else {
        status = PintailCommand(*buffer);
    }
    Irp->IoStatus.Status = status;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return status;
}

static PDEVICE_OBJECT PintailDevice;

static NTSTATUS NTAPI
PintailCreateClose(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    Irp->IoStatus.Status = STATUS_SUCCESS;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static VOID NTAPI
PintailUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    IoDeleteDevice(PintailDevice);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    KeInitializeDpc(&Pintail.Dpc, PintailRun, &Pintail);
    DriverObject->MajorFunction[IRP_MJ_CREATE] = PintailCreateClose;
    DriverObject->MajorFunction[IRP_MJ_CLOSE] = PintailCreateClose;
    DriverObject->MajorFunction[IRP_MJ_DEVICE_CONTROL] = PintailControl;
    DriverObject->DriverUnload = PintailUnload;
    return IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &PintailDevice);
}
