/* corncrake: a cancel-safe queue; its lock callbacks are halves of a pair by design. */
#include <ntddk.h>

typedef struct _CORNCRAKE {
    IO_CSQ Queue;
    KSPIN_LOCK Lock;
    LIST_ENTRY Irps;
} CORNCRAKE, *PCORNCRAKE;

static CORNCRAKE Corncrake;
static PDEVICE_OBJECT CorncrakeDevice;

static VOID NTAPI
CorncrakeInsert(PIO_CSQ Csq, PIRP Irp)
{
    PCORNCRAKE c = CONTAINING_RECORD(Csq, CORNCRAKE, Queue);

    InsertTailList(&c->Irps, &Irp->Tail.Overlay.ListEntry);
}

static VOID NTAPI
CorncrakeRemove(PIO_CSQ Csq, PIRP Irp)
{
    UNREFERENCED_PARAMETER(Csq);
    RemoveEntryList(&Irp->Tail.Overlay.ListEntry);
}

static PIRP NTAPI
CorncrakePeek(PIO_CSQ Csq, PIRP Irp, PVOID PeekContext)
{
    PCORNCRAKE c = CONTAINING_RECORD(Csq, CORNCRAKE, Queue);
    PLIST_ENTRY next = Irp == NULL ? c->Irps.Flink : Irp->Tail.Overlay.ListEntry.Flink;

    UNREFERENCED_PARAMETER(PeekContext);
    return next == &c->Irps ? NULL : CONTAINING_RECORD(next, IRP, Tail.Overlay.ListEntry);
}

static VOID NTAPI
CorncrakeAcquire(PIO_CSQ Csq, PKIRQL Irql)
{
    KeAcquireSpinLock(&CONTAINING_RECORD(Csq, CORNCRAKE, Queue)->Lock, Irql);
}

static VOID NTAPI
CorncrakeRelease(PIO_CSQ Csq, KIRQL Irql)
{
    KeReleaseSpinLock(&CONTAINING_RECORD(Csq, CORNCRAKE, Queue)->Lock, Irql);
}

static VOID NTAPI
CorncrakeCanceled(PIO_CSQ Csq, PIRP Irp)
{
    UNREFERENCED_PARAMETER(Csq);
    Irp->IoStatus.Status = STATUS_CANCELLED;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
}

static NTSTATUS NTAPI
CorncrakeRead(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    LARGE_INTEGER pause = { .QuadPart = -10000 };

    UNREFERENCED_PARAMETER(DeviceObject);
    IoCsqInsertIrp(&Corncrake.Queue, Irp, NULL);
    KeDelayExecutionThread(KernelMode, FALSE, &pause);
    return STATUS_PENDING;
}

static VOID NTAPI
CorncrakeUnload(PDRIVER_OBJECT DriverObject)
{
    PIRP irp;

    UNREFERENCED_PARAMETER(DriverObject);
    while ((irp = IoCsqRemoveNextIrp(&Corncrake.Queue, NULL)) != NULL) {
        CorncrakeCanceled(&Corncrake.Queue, irp);
    }
    IoDeleteDevice(CorncrakeDevice);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    KeInitializeSpinLock(&Corncrake.Lock);
    InitializeListHead(&Corncrake.Irps);
    status = IoCsqInitialize(&Corncrake.Queue, CorncrakeInsert, CorncrakeRemove, CorncrakePeek, CorncrakeAcquire,
                             CorncrakeRelease, CorncrakeCanceled);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    DriverObject->MajorFunction[IRP_MJ_READ] = CorncrakeRead;
    DriverObject->DriverUnload = CorncrakeUnload;
    return IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &CorncrakeDevice);
}
