/* mailbox: reads wait in a queue, and may be cancelled. The cancel routine takes the queue's fast mutex while it holds the cancel spin lock. */
#include <ntddk.h>

typedef struct _MAILBOX {
    FAST_MUTEX Mutex;
    LIST_ENTRY Readers;
    ULONG Cancelled;
} MAILBOX, *PMAILBOX;

static MAILBOX Mailbox;
static PDEVICE_OBJECT MailboxDevice;
static DRIVER_CANCEL MailboxCancel;

static VOID
MailboxRemove(PMAILBOX Box, PIRP Irp)
{
    ExAcquireFastMutex(&Box->Mutex); // EXPECT: irql-too-high
    RemoveEntryList(&Irp->Tail.Overlay.ListEntry);
    Box->Cancelled++;
    ExReleaseFastMutex(&Box->Mutex);
}

static VOID NTAPI
MailboxCancel(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    MailboxRemove(&Mailbox, Irp);
    IoReleaseCancelSpinLock(Irp->CancelIrql);
    Irp->IoStatus.Status = STATUS_CANCELLED;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
}

static NTSTATUS NTAPI
MailboxRead(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    KIRQL cancelIrql;

    UNREFERENCED_PARAMETER(DeviceObject);
    IoMarkIrpPending(Irp);
    ExAcquireFastMutex(&Mailbox.Mutex);
    InsertTailList(&Mailbox.Readers, &Irp->Tail.Overlay.ListEntry);
    ExReleaseFastMutex(&Mailbox.Mutex);
    IoAcquireCancelSpinLock(&cancelIrql);
    IoSetCancelRoutine(Irp, MailboxCancel);
    IoReleaseCancelSpinLock(cancelIrql);
    return STATUS_PENDING;
}

static NTSTATUS NTAPI
MailboxCreateClose(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    Irp->IoStatus.Status = STATUS_SUCCESS;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static VOID NTAPI
MailboxUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    IoDeleteDevice(MailboxDevice);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    status = IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &MailboxDevice);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    ExInitializeFastMutex(&Mailbox.Mutex);
    InitializeListHead(&Mailbox.Readers);
    DriverObject->MajorFunction[IRP_MJ_READ] = MailboxRead;
    DriverObject->MajorFunction[IRP_MJ_CREATE] = MailboxCreateClose;
    DriverObject->MajorFunction[IRP_MJ_CLOSE] = MailboxCreateClose;
    DriverObject->DriverUnload = MailboxUnload;
    return STATUS_SUCCESS;
}
