/* fulmar: KeFlushQueuedDpcs is for PASSIVE_LEVEL, and the fast mutex is still held. */
#include <ntddk.h>

static FAST_MUTEX FulmarMutex;
static KTIMER FulmarTimer;
static KDPC FulmarDpc;
static BOOLEAN FulmarRunning;

static VOID NTAPI
FulmarTick(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2)
{
    UNREFERENCED_PARAMETER(Dpc);
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Argument1);
    UNREFERENCED_PARAMETER(Argument2);
}

static NTSTATUS
FulmarSwitch(BOOLEAN On)
{
    LARGE_INTEGER due = { .QuadPart = -1000000LL };

    ExAcquireFastMutex(&FulmarMutex);
    if (On && !FulmarRunning) {
        KeSetTimerEx(&FulmarTimer, due, 100, &FulmarDpc);
    } else if (!On && FulmarRunning) {
        KeCancelTimer(&FulmarTimer);
        KeFlushQueuedDpcs(); // EXPECT: irql-too-high
    }
    FulmarRunning = On;
    ExReleaseFastMutex(&FulmarMutex);
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
FulmarControl(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
    ULONG code = stack->Parameters.DeviceIoControl.IoControlCode;
    PULONG buffer = Irp->AssociatedIrp.SystemBuffer;
    NTSTATUS status;

    UNREFERENCED_PARAMETER(DeviceObject);
    if (stack->Parameters.DeviceIoControl.InputBufferLength < sizeof(ULONG)) {
        status = STATUS_INVALID_PARAMETER;
    } else {
        status = FulmarSwitch(*buffer != 0);
    }
    Irp->IoStatus.Status = status;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return status;
}

static PDEVICE_OBJECT FulmarDevice;

static VOID NTAPI
FulmarUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    KeCancelTimer(&FulmarTimer);
    KeFlushQueuedDpcs();
    IoDeleteDevice(FulmarDevice);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    ExInitializeFastMutex(&FulmarMutex);
    KeInitializeTimerEx(&FulmarTimer, SynchronizationTimer);
    KeInitializeDpc(&FulmarDpc, FulmarTick, NULL);
    DriverObject->MajorFunction[IRP_MJ_DEVICE_CONTROL] = FulmarControl;
    DriverObject->DriverUnload = FulmarUnload;
    return IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &FulmarDevice);
}
