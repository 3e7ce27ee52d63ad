/* gauge: per-processor counters are changed at DISPATCH_LEVEL. The default label returns with the level raised. */
#include <ntddk.h>

#define GAUGE_CPUS 64

typedef struct _GAUGE_CPU { ULONG Reads, Writes, Others; } GAUGE_CPU;

static GAUGE_CPU GaugeCpu[GAUGE_CPUS];
static PDEVICE_OBJECT GaugeDevice;

static BOOLEAN
GaugeNote(UCHAR Major)
{
    GAUGE_CPU *cpu;
    KIRQL old;

    if (Major > IRP_MJ_MAXIMUM_FUNCTION) {
        return FALSE;
    }
    KeRaiseIrql(DISPATCH_LEVEL, &old);
    cpu = &GaugeCpu[KeGetCurrentProcessorNumber() % GAUGE_CPUS];
    switch (Major) {
    case IRP_MJ_READ:
        cpu->Reads++;
        break;
    case IRP_MJ_WRITE:
        cpu->Writes++;
        break;
    default:
        cpu->Others++;
        return FALSE; // EXPECT: irql-not-restored
    }
    KeLowerIrql(old);
    return TRUE;
}

static NTSTATUS NTAPI
GaugeDispatch(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    BOOLEAN known = GaugeNote(IoGetCurrentIrpStackLocation(Irp)->MajorFunction);
    NTSTATUS status = known ? STATUS_SUCCESS : STATUS_NOT_SUPPORTED;

    UNREFERENCED_PARAMETER(DeviceObject);
    Irp->IoStatus.Status = status;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return status;
}

static NTSTATUS NTAPI
GaugeCreateClose(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    Irp->IoStatus.Status = STATUS_SUCCESS;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static VOID NTAPI
GaugeUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    IoDeleteDevice(GaugeDevice);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    status = IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &GaugeDevice);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    DriverObject->MajorFunction[IRP_MJ_READ] = GaugeDispatch;
    DriverObject->MajorFunction[IRP_MJ_WRITE] = GaugeDispatch;
    DriverObject->MajorFunction[IRP_MJ_FLUSH_BUFFERS] = GaugeDispatch;
    DriverObject->MajorFunction[IRP_MJ_CREATE] = GaugeCreateClose;
    DriverObject->MajorFunction[IRP_MJ_CLOSE] = GaugeCreateClose;
    DriverObject->DriverUnload = GaugeUnload;
    return STATUS_SUCCESS;
}
