/* quill: notes have a non-paged head and a text in paged pool. Both are freed under the list's lock. */
#include <ntddk.h>

#define QUILL_TAG 'liuQ'

typedef struct _QUILL_NOTE {
    LIST_ENTRY Link;
    ULONG Length;
    PUCHAR Text;
} QUILL_NOTE, *PQUILL_NOTE;

static KSPIN_LOCK QuillLock;
static LIST_ENTRY QuillNotes;
static PDEVICE_OBJECT QuillDevice;

static NTSTATUS
QuillAdd(const UCHAR *Text, ULONG Length)
{
    PQUILL_NOTE note;
    KIRQL irql;

    note = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*note), QUILL_TAG);
    if (note == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    note->Text = ExAllocatePool2(POOL_FLAG_PAGED, Length, QUILL_TAG);
    if (note->Text == NULL) {
        ExFreePoolWithTag(note, QUILL_TAG);
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    RtlCopyMemory(note->Text, Text, Length);
    note->Length = Length;

    KeAcquireSpinLock(&QuillLock, &irql);
    InsertTailList(&QuillNotes, &note->Link);
    KeReleaseSpinLock(&QuillLock, irql);
    return STATUS_SUCCESS;
}

static VOID
QuillDrop(VOID)
{
    PQUILL_NOTE note;
    KIRQL irql;

    KeAcquireSpinLock(&QuillLock, &irql);
    while (!IsListEmpty(&QuillNotes)) {
        note = CONTAINING_RECORD(RemoveHeadList(&QuillNotes), QUILL_NOTE, Link);
        ExFreePoolWithTag(note->Text, QUILL_TAG); // EXPECT: irql-too-high
        ExFreePoolWithTag(note, QUILL_TAG);
    }
    KeReleaseSpinLock(&QuillLock, irql);
}

static NTSTATUS NTAPI
QuillWrite(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    ULONG length = IoGetCurrentIrpStackLocation(Irp)->Parameters.Write.Length;
    NTSTATUS status = STATUS_INVALID_PARAMETER;

    UNREFERENCED_PARAMETER(DeviceObject);
    if (length != 0) {
        status = QuillAdd(Irp->AssociatedIrp.SystemBuffer, length);
    }
    Irp->IoStatus.Status = status;
    Irp->IoStatus.Information = NT_SUCCESS(status) ? length : 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return status;
}

static NTSTATUS NTAPI
QuillCreateClose(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    Irp->IoStatus.Status = STATUS_SUCCESS;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static VOID NTAPI
QuillUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    QuillDrop();
    IoDeleteDevice(QuillDevice);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    status = IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &QuillDevice);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    KeInitializeSpinLock(&QuillLock);
    InitializeListHead(&QuillNotes);
    QuillDevice->Flags = QuillDevice->Flags + DO_BUFFERED_IO;
    DriverObject->MajorFunction[IRP_MJ_WRITE] = QuillWrite;
    DriverObject->MajorFunction[IRP_MJ_CREATE] = QuillCreateClose;
    DriverObject->MajorFunction[IRP_MJ_CLOSE] = QuillCreateClose;
    DriverObject->DriverUnload = QuillUnload;
    return STATUS_SUCCESS;
}
