/* bobbin: hand over hand. The second lock is taken before the first is released. */
#include <ntddk.h>

typedef struct _BOBBIN { KSPIN_LOCK Lock; struct _BOBBIN *Next; ULONG Thread; } BOBBIN, *PBOBBIN;

static BOBBIN Bobbins[3];
static PDEVICE_OBJECT BobbinDevice;

static ULONG
BobbinSum(VOID)
{
    PBOBBIN current, next;
    ULONG sum = 0;
    KIRQL irql;

    current = &Bobbins[0];
    KeAcquireSpinLock(&current->Lock, &irql);
    sum += current->Thread;
    next = current->Next;
    if (next != NULL) {
        KeAcquireSpinLockAtDpcLevel(&next->Lock);
        sum += next->Thread;
        KeReleaseSpinLockFromDpcLevel(&next->Lock);
    }
    KeReleaseSpinLock(&current->Lock, irql);
    return sum;
}

static NTSTATUS NTAPI
BobbinRead(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    Irp->IoStatus.Information = BobbinSum();
    Irp->IoStatus.Status = STATUS_SUCCESS;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static VOID
BobbinInit(VOID)
{
    ULONG i;

    for (i = 0; i < ARRAYSIZE(Bobbins); i++) {
        KeInitializeSpinLock(&Bobbins[i].Lock);
        Bobbins[i].Next = i + 1 < ARRAYSIZE(Bobbins) ? &Bobbins[i + 1] : NULL;
    }
}

static NTSTATUS NTAPI
BobbinCreateClose(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    Irp->IoStatus.Status = STATUS_SUCCESS;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static VOID NTAPI
BobbinUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    IoDeleteDevice(BobbinDevice);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    status = IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &BobbinDevice);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    BobbinInit();
    DriverObject->MajorFunction[IRP_MJ_READ] = BobbinRead;
    DriverObject->MajorFunction[IRP_MJ_CREATE] = BobbinCreateClose;
    DriverObject->MajorFunction[IRP_MJ_CLOSE] = BobbinCreateClose;
    DriverObject->DriverUnload = BobbinUnload;
    return STATUS_SUCCESS;
}
