/* wharf: WharfFindLocked returns a berth with its lock held, or NULL with no lock held. */
#include <ntddk.h>

#define BERTHS 4

typedef struct _BERTH { KSPIN_LOCK Lock; ULONG Id; KEVENT Free; BOOLEAN Taken; } BERTH, *PBERTH;

static BERTH Berths[BERTHS];
static PDEVICE_OBJECT WharfDevice;

static PBERTH
WharfFindLocked(ULONG Id, PKIRQL Irql)
{
    ULONG i;

    for (i = 0; i < BERTHS; i++) {
        KeAcquireSpinLock(&Berths[i].Lock, Irql);
        if (Berths[i].Id == Id) {
            return &Berths[i];
        }
        KeReleaseSpinLock(&Berths[i].Lock, *Irql);
    }
    return NULL;
}

static NTSTATUS
WharfClaim(ULONG Id)
{
    LARGE_INTEGER timeout = { .QuadPart = -10000000LL };
    NTSTATUS status = STATUS_SUCCESS;
    PBERTH berth;
    KIRQL irql;

    berth = WharfFindLocked(Id, &irql);
    if (berth == NULL) {
        KeDelayExecutionThread(KernelMode, FALSE, &timeout);
        return STATUS_NOT_FOUND;
    }
    if (berth->Taken) {
        KeReleaseSpinLock(&berth->Lock, irql);
        return KeWaitForSingleObject(&berth->Free, Executive, KernelMode, FALSE, &timeout);
    }
    berth->Taken = TRUE;
    KeReleaseSpinLock(&berth->Lock, irql);
    return status;
}

static NTSTATUS NTAPI
WharfRead(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    NTSTATUS status = WharfClaim(IoGetCurrentIrpStackLocation(Irp)->Parameters.Read.Length);

    UNREFERENCED_PARAMETER(DeviceObject);
    Irp->IoStatus.Status = status;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return status;
}

static VOID
WharfInit(VOID)
{
    ULONG i;

    for (i = 0; i < BERTHS; i++) {
        KeInitializeSpinLock(&Berths[i].Lock);
        KeInitializeEvent(&Berths[i].Free, SynchronizationEvent, FALSE);
        Berths[i].Id = i + 1;
    }
}

static NTSTATUS NTAPI
WharfCreateClose(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    Irp->IoStatus.Status = STATUS_SUCCESS;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static VOID NTAPI
WharfUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    IoDeleteDevice(WharfDevice);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    status = IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &WharfDevice);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    WharfInit();
    DriverObject->MajorFunction[IRP_MJ_READ] = WharfRead;
    DriverObject->MajorFunction[IRP_MJ_CREATE] = WharfCreateClose;
    DriverObject->MajorFunction[IRP_MJ_CLOSE] = WharfCreateClose;
    DriverObject->DriverUnload = WharfUnload;
    return STATUS_SUCCESS;
}
