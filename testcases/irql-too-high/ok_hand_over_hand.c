/* chain: walks a list hand over hand; the level comes back with the last lock, and only then it waits. */
#include <ntddk.h>

typedef struct _LINK { KSPIN_LOCK Lock; struct _LINK *Next; ULONG Weight; } LINK, *PLINK;

static LINK ChainHead;
static LINK ChainLinks[3];
static KEVENT ChainMoved;
static PDEVICE_OBJECT ChainDevice;

static ULONG
ChainWeigh(VOID)
{
    PLINK link = &ChainHead, next;
    ULONG weight = 0;
    KIRQL irql;

    KeAcquireSpinLock(&link->Lock, &irql);
    while ((next = link->Next) != NULL) {
        KeAcquireSpinLockAtDpcLevel(&next->Lock);
        KeReleaseSpinLockFromDpcLevel(&link->Lock);
        link = next;
        weight += link->Weight;
    }
    KeReleaseSpinLock(&link->Lock, irql);
    return weight;
}

static NTSTATUS NTAPI
ChainRead(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    LARGE_INTEGER timeout = { .QuadPart = -1000000LL };

    UNREFERENCED_PARAMETER(DeviceObject);
    Irp->IoStatus.Information = ChainWeigh();
    if (Irp->IoStatus.Information == 0) {
        KeWaitForSingleObject(&ChainMoved, Executive, KernelMode, FALSE, &timeout);
    }
    Irp->IoStatus.Status = STATUS_SUCCESS;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static VOID
ChainInit(VOID)
{
    PLINK previous = &ChainHead;
    ULONG i;

    KeInitializeEvent(&ChainMoved, NotificationEvent, FALSE);
    KeInitializeSpinLock(&ChainHead.Lock);
    for (i = 0; i < ARRAYSIZE(ChainLinks); i++) {
        KeInitializeSpinLock(&ChainLinks[i].Lock);
        previous->Next = &ChainLinks[i];
        previous = &ChainLinks[i];
    }
}

static NTSTATUS NTAPI
ChainCreateClose(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    Irp->IoStatus.Status = STATUS_SUCCESS;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static VOID NTAPI
ChainUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    IoDeleteDevice(ChainDevice);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    status = IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &ChainDevice);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    ChainInit();
    DriverObject->MajorFunction[IRP_MJ_READ] = ChainRead;
    DriverObject->MajorFunction[IRP_MJ_CREATE] = ChainCreateClose;
    DriverObject->MajorFunction[IRP_MJ_CLOSE] = ChainCreateClose;
    DriverObject->DriverUnload = ChainUnload;
    return STATUS_SUCCESS;
}
