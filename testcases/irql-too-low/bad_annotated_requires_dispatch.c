/* tally: the counters' owner says that its functions are for DISPATCH_LEVEL; one caller is not there. */
#include <ntddk.h>

typedef struct _TALLY {
    ULONG Hits[8];
    KDPC Dpc;
    KTIMER Timer;
} TALLY, *PTALLY;

static TALLY Tally;

_IRQL_requires_(DISPATCH_LEVEL)
static VOID
TallyHit(PTALLY T, ULONG Slot)
{
    T->Hits[Slot % 8] += 1;
}

_IRQL_requires_max_(DISPATCH_LEVEL)
static ULONG
TallySum(PTALLY T)
{
    ULONG i, sum = 0;

    for (i = 0; i < 8; i++) {
        sum += T->Hits[i];
    }
    return sum;
}

static VOID NTAPI
TallyTick(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2)
{
    UNREFERENCED_PARAMETER(Dpc);
    UNREFERENCED_PARAMETER(Argument1);
    UNREFERENCED_PARAMETER(Argument2);
    TallyHit(Context, 0);
}

static NTSTATUS
TallyCommand(ULONG Slot)
{
    KIRQL irql;

    if (TallySum(&Tally) > 1000) {
        return STATUS_DEVICE_BUSY;
    }
    irql = KeRaiseIrqlToDpcLevel();
    TallyHit(&Tally, Slot);
    KeLowerIrql(irql);
    if (Slot == 7) {
        TallyHit(&Tally, 0); // EXPECT: irql-too-low
    }
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
TallyControl(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
    ULONG code = stack->Parameters.DeviceIoControl.IoControlCode;
    PULONG buffer = Irp->AssociatedIrp.SystemBuffer;
    NTSTATUS status;

    UNREFERENCED_PARAMETER(DeviceObject);
    if (stack->Parameters.DeviceIoControl.InputBufferLength < sizeof(ULONG)) {
        status = STATUS_INVALID_PARAMETER;
    } else {
        status = TallyCommand(*buffer);
    }
    Irp->IoStatus.Status = status;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return status;
}

static PDEVICE_OBJECT TallyDevice;

static VOID NTAPI
TallyUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    KeCancelTimer(&Tally.Timer);
    KeFlushQueuedDpcs();
    IoDeleteDevice(TallyDevice);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    LARGE_INTEGER due = { .QuadPart = -1000000LL };
    NTSTATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    status = IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &TallyDevice);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    KeInitializeDpc(&Tally.Dpc, TallyTick, &Tally);
    KeInitializeTimerEx(&Tally.Timer, SynchronizationTimer);
    KeSetTimerEx(&Tally.Timer, due, 100, &Tally.Dpc);
    DriverObject->MajorFunction[IRP_MJ_DEVICE_CONTROL] = TallyControl;
    DriverObject->DriverUnload = TallyUnload;
    return STATUS_SUCCESS;
}
