/* avocet: one helper for both levels; each caller says where it is. (Twin: bad_level_argument_wrong) */
#include <ntddk.h>

static KSPIN_LOCK AvocetLock;
static ULONG AvocetReads;

static VOID
AvocetBump(BOOLEAN AtDispatch)
{
    KIRQL irql = PASSIVE_LEVEL;

    if (AtDispatch)
        KeAcquireSpinLockAtDpcLevel(&AvocetLock);
    else
        KeAcquireSpinLock(&AvocetLock, &irql);
    AvocetReads++;
    if (AtDispatch)
        KeReleaseSpinLockFromDpcLevel(&AvocetLock);
    else
        KeReleaseSpinLock(&AvocetLock, irql);
}

static KDEFERRED_ROUTINE AvocetDpc;
static DRIVER_DISPATCH AvocetRead;

static VOID NTAPI
AvocetDpc(PKDPC Dpc, PVOID Context, PVOID A, PVOID B)
{
    UNREFERENCED_PARAMETER(Dpc);
    UNREFERENCED_PARAMETER(Context);
    UNREFERENCED_PARAMETER(A);
    UNREFERENCED_PARAMETER(B);
    AvocetBump(TRUE);
}

static NTSTATUS NTAPI
AvocetRead(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    AvocetBump(FALSE);
    Irp->IoStatus.Status = STATUS_SUCCESS;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

VOID
AvocetHook(PDRIVER_OBJECT DriverObject, PKDPC Dpc)
{
    KeInitializeDpc(Dpc, AvocetDpc, NULL);
    DriverObject->MajorFunction[IRP_MJ_READ] = AvocetRead;
}
