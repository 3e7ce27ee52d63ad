/* fieldfare: the completion routine of the last request waits for the remove lock. */
#include <wdm.h>

typedef struct _FIELDFARE_EXTENSION {
    PDEVICE_OBJECT Lower;
    IO_REMOVE_LOCK RemoveLock;
    BOOLEAN Removing;
} FIELDFARE_EXTENSION, *PFIELDFARE_EXTENSION;

static IO_COMPLETION_ROUTINE FieldfareDone;

static VOID
FieldfareEnd(PFIELDFARE_EXTENSION Ext, PIRP Irp)
{
    if (Ext->Removing) {
        IoReleaseRemoveLockAndWait(&Ext->RemoveLock, Irp); // EXPECT: irql-too-high
    } else {
        IoReleaseRemoveLock(&Ext->RemoveLock, Irp);
    }
}

static NTSTATUS NTAPI
FieldfareDone(PDEVICE_OBJECT DeviceObject, PIRP Irp, PVOID Context)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    if (Irp->PendingReturned) {
        IoMarkIrpPending(Irp);
    }
    FieldfareEnd(Context, Irp);
    return STATUS_CONTINUE_COMPLETION;
}

NTSTATUS NTAPI
FieldfareForward(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    PFIELDFARE_EXTENSION ext = DeviceObject->DeviceExtension;
    NTSTATUS status;

    status = IoAcquireRemoveLock(&ext->RemoveLock, Irp);
    if (!NT_SUCCESS(status)) {
        Irp->IoStatus.Status = status;
        IoCompleteRequest(Irp, IO_NO_INCREMENT);
        return status;
    }
    IoCopyCurrentIrpStackLocationToNext(Irp);
    IoSetCompletionRoutine(Irp, FieldfareDone, ext, TRUE, TRUE, TRUE);
    return IoCallDriver(ext->Lower, Irp);
}
