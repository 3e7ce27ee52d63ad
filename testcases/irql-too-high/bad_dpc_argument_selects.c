/* pochard: which branch the DPC takes depends on what was queued with it; one of them opens a file. */
#include <ntddk.h>

typedef enum { PochardCount, PochardReset, PochardDump } POCHARD_ACTION;

static KDPC PochardDpc;
static ULONG PochardCounter;

static VOID
PochardDumpCounter(VOID)
{
    UNICODE_STRING path = RTL_CONSTANT_STRING(L"\\SystemRoot\\pochard.bin");
    OBJECT_ATTRIBUTES attributes;
    IO_STATUS_BLOCK iosb;
    HANDLE file;

    if (KeGetCurrentIrql() == HIGH_LEVEL) {
        return;
    }
    InitializeObjectAttributes(&attributes, &path, OBJ_KERNEL_HANDLE, NULL, NULL);
    (VOID)ZwCreateFile(&file, FILE_WRITE_DATA, &attributes, &iosb, NULL, 0, 0, FILE_OPEN, 0, NULL, 0); // EXPECT: irql-too-high
}

static VOID
PochardAct(POCHARD_ACTION Action)
{
    switch (Action) {
    case PochardCount:
        PochardCounter++;
        break;
    case PochardReset:
        PochardCounter = 0;
        break;
    case PochardDump:
        PochardDumpCounter();
        break;
    }
}

static VOID NTAPI
PochardRun(PKDPC Dpc, PVOID Context, PVOID Argument1, PVOID Argument2)
{
    UNREFERENCED_PARAMETER(Dpc);
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(Argument2);
    PochardAct((POCHARD_ACTION)(ULONG_PTR)Argument1);
}

static NTSTATUS
PochardCommand(ULONG Action)
{
    if (Action > PochardDump) {
        return STATUS_INVALID_PARAMETER;
    }
    KeInsertQueueDpc(&PochardDpc, (PVOID)(ULONG_PTR)Action, NULL);
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
PochardControl(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
    ULONG code = stack->Parameters.DeviceIoControl.IoControlCode;
    PULONG buffer = Irp->AssociatedIrp.SystemBuffer;
    NTSTATUS status;

    UNREFERENCED_PARAMETER(DeviceObject);
    if (stack->Parameters.DeviceIoControl.InputBufferLength < sizeof(ULONG)) {
        status = STATUS_INVALID_PARAMETER;
    } else {
        status = PochardCommand(*buffer);
    }
    Irp->IoStatus.Status = status;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return status;
}

static PDEVICE_OBJECT PochardDevice;

static NTSTATUS NTAPI
PochardCreateClose(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    Irp->IoStatus.Status = STATUS_SUCCESS;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static VOID NTAPI
PochardUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    IoDeleteDevice(PochardDevice);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    KeInitializeDpc(&PochardDpc, PochardRun, NULL);
    DriverObject->MajorFunction[IRP_MJ_CREATE] = PochardCreateClose;
    DriverObject->MajorFunction[IRP_MJ_CLOSE] = PochardCreateClose;
    DriverObject->MajorFunction[IRP_MJ_DEVICE_CONTROL] = PochardControl;
    DriverObject->DriverUnload = PochardUnload;
    return IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &PochardDevice);
}
