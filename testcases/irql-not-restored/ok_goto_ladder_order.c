/* tollgate: passes are taken from a table.  */
#include <ntddk.h>

#define TOLL_PASSES 16

typedef struct _TOLL { KSPIN_LOCK Lock; ULONG Next; ULONG Pass[TOLL_PASSES]; BOOLEAN Closed; } TOLL, *PTOLL;

static TOLL Toll;
static PDEVICE_OBJECT TollDevice;

static NTSTATUS
TollTake(PTOLL T, ULONG Class, PULONG Pass)
{
    NTSTATUS status = STATUS_SUCCESS;
    KIRQL irql;

    *Pass = 0;
    if (Class > 3) {
        status = STATUS_INVALID_PARAMETER;
        goto Exit;
    }

    KeAcquireSpinLock(&T->Lock, &irql);
    if (T->Closed) {
        status = STATUS_DEVICE_NOT_READY;
        goto Unlock;
    }
    if (T->Next == TOLL_PASSES) {
        status = STATUS_NO_MORE_ENTRIES;
        goto Unlock;
    }
    *Pass = T->Pass[T->Next++];

Unlock:
    KeReleaseSpinLock(&T->Lock, irql);
Exit:
    return status;
}

static NTSTATUS NTAPI
TollRead(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    NTSTATUS status;
    ULONG pass;

    UNREFERENCED_PARAMETER(DeviceObject);
    status = TollTake(&Toll, IoGetCurrentIrpStackLocation(Irp)->Parameters.Read.Length, &pass);
    Irp->IoStatus.Status = status;
    Irp->IoStatus.Information = pass;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return status;
}

static NTSTATUS NTAPI
TollCreateClose(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    Irp->IoStatus.Status = STATUS_SUCCESS;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static VOID NTAPI
TollUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    IoDeleteDevice(TollDevice);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    status = IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &TollDevice);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    KeInitializeSpinLock(&Toll.Lock);
    DriverObject->MajorFunction[IRP_MJ_READ] = TollRead;
    DriverObject->MajorFunction[IRP_MJ_CREATE] = TollCreateClose;
    DriverObject->MajorFunction[IRP_MJ_CLOSE] = TollCreateClose;
    DriverObject->DriverUnload = TollUnload;
    return STATUS_SUCCESS;
}
