/* mill: MillFinish drops the lock that its caller took. When there is nothing to do it forgets that. */
#include <ntddk.h>

typedef struct _MILL { KSPIN_LOCK Lock; LIST_ENTRY Sacks; ULONG Ground; } MILL, *PMILL;
typedef struct _SACK { LIST_ENTRY Link; ULONG Size; } SACK, *PSACK;

static MILL Mill;
static PDEVICE_OBJECT MillDevice;

static VOID
MillFinish(PMILL M, KIRQL Irql)
{
    PSACK sack = NULL;

    if (!IsListEmpty(&M->Sacks)) {
        sack = CONTAINING_RECORD(RemoveHeadList(&M->Sacks), SACK, Link);
        M->Ground += sack->Size;
        KeReleaseSpinLock(&M->Lock, Irql);
    }
    if (sack != NULL) {
        ExFreePoolWithTag(sack, 'lliM');
    }
}

static NTSTATUS
MillGrind(PMILL M, ULONG Size)
{
    PSACK sack;
    KIRQL irql;

    if (Size == 0) {
        KeAcquireSpinLock(&M->Lock, &irql);
        MillFinish(M, irql);
        return STATUS_SUCCESS; // EXPECT: irql-not-restored
    }
    sack = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*sack), 'lliM');
    if (sack == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    sack->Size = Size;
    KeAcquireSpinLock(&M->Lock, &irql);
    InsertTailList(&M->Sacks, &sack->Link);
    KeReleaseSpinLock(&M->Lock, irql);
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
MillWrite(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    NTSTATUS status = MillGrind(&Mill, IoGetCurrentIrpStackLocation(Irp)->Parameters.Write.Length);

    UNREFERENCED_PARAMETER(DeviceObject);
    Irp->IoStatus.Status = status;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return status;
}

static NTSTATUS NTAPI
MillCreateClose(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    Irp->IoStatus.Status = STATUS_SUCCESS;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static VOID NTAPI
MillUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    IoDeleteDevice(MillDevice);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    status = IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &MillDevice);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    KeInitializeSpinLock(&Mill.Lock);
    InitializeListHead(&Mill.Sacks);
    DriverObject->MajorFunction[IRP_MJ_WRITE] = MillWrite;
    DriverObject->MajorFunction[IRP_MJ_CREATE] = MillCreateClose;
    DriverObject->MajorFunction[IRP_MJ_CLOSE] = MillCreateClose;
    DriverObject->DriverUnload = MillUnload;
    return STATUS_SUCCESS;
}
