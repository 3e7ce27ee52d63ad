/* hopper: a cancel-safe queue; its lock callbacks are called in pairs by the system, so each of them is one half. */
#include <ntddk.h>

static struct { IO_CSQ Csq; KSPIN_LOCK Lock; LIST_ENTRY Irps; } Hopper;
static PDEVICE_OBJECT HopperDevice;

static VOID NTAPI
HopperInsert(PIO_CSQ Csq, PIRP Irp)
{
    UNREFERENCED_PARAMETER(Csq);
    InsertTailList(&Hopper.Irps, &Irp->Tail.Overlay.ListEntry);
}

static VOID NTAPI
HopperRemove(PIO_CSQ Csq, PIRP Irp)
{
    UNREFERENCED_PARAMETER(Csq);
    RemoveEntryList(&Irp->Tail.Overlay.ListEntry);
}

static PIRP NTAPI
HopperPeek(PIO_CSQ Csq, PIRP Irp, PVOID PeekContext)
{
    PLIST_ENTRY next = Irp == NULL ? Hopper.Irps.Flink : Irp->Tail.Overlay.ListEntry.Flink;

    UNREFERENCED_PARAMETER(Csq);
    UNREFERENCED_PARAMETER(PeekContext);
    return next == &Hopper.Irps ? NULL : CONTAINING_RECORD(next, IRP, Tail.Overlay.ListEntry);
}

_IRQL_raises_(DISPATCH_LEVEL)
static VOID NTAPI
HopperAcquire(PIO_CSQ Csq, PKIRQL Irql)
{
    UNREFERENCED_PARAMETER(Csq);
    KeAcquireSpinLock(&Hopper.Lock, Irql);
}

static VOID NTAPI
HopperRelease(PIO_CSQ Csq, KIRQL Irql)
{
    UNREFERENCED_PARAMETER(Csq);
    KeReleaseSpinLock(&Hopper.Lock, Irql);
}

static VOID NTAPI
HopperCompleteCanceled(PIO_CSQ Csq, PIRP Irp)
{
    UNREFERENCED_PARAMETER(Csq);
    Irp->IoStatus.Status = STATUS_CANCELLED;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
}

static NTSTATUS NTAPI
HopperRead(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    IoCsqInsertIrp(&Hopper.Csq, Irp, NULL);
    return STATUS_PENDING;
}

static NTSTATUS NTAPI
HopperWrite(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    PIRP reader = IoCsqRemoveNextIrp(&Hopper.Csq, NULL);

    UNREFERENCED_PARAMETER(DeviceObject);
    if (reader != NULL) {
        reader->IoStatus.Status = STATUS_SUCCESS;
        reader->IoStatus.Information = 0;
        IoCompleteRequest(reader, IO_NO_INCREMENT);
    }
    Irp->IoStatus.Status = STATUS_SUCCESS;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
HopperCreateClose(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    Irp->IoStatus.Status = STATUS_SUCCESS;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static VOID NTAPI
HopperUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    IoDeleteDevice(HopperDevice);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    status = IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &HopperDevice);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    KeInitializeSpinLock(&Hopper.Lock);
    InitializeListHead(&Hopper.Irps);
    IoCsqInitialize(&Hopper.Csq, HopperInsert, HopperRemove, HopperPeek, HopperAcquire, HopperRelease, HopperCompleteCanceled);
    DriverObject->MajorFunction[IRP_MJ_READ] = HopperRead;
    DriverObject->MajorFunction[IRP_MJ_WRITE] = HopperWrite;
    DriverObject->MajorFunction[IRP_MJ_CREATE] = HopperCreateClose;
    DriverObject->MajorFunction[IRP_MJ_CLOSE] = HopperCreateClose;
    DriverObject->DriverUnload = HopperUnload;
    return STATUS_SUCCESS;
}
