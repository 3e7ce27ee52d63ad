/*
 * helm: HelmEnter returns with the lock held when there is work. When there is none it succeeds too, without the lock.
 */
#include <ntddk.h>

typedef struct _HELM { KSPIN_LOCK Lock; ULONG Work; BOOLEAN Dead; } HELM, *PHELM;

static HELM Helm;
static PDEVICE_OBJECT HelmDevice;

static NTSTATUS
HelmEnter(PHELM H, PKIRQL Irql)
{
    KeAcquireSpinLock(&H->Lock, Irql);
    if (H->Dead) {
        KeReleaseSpinLock(&H->Lock, *Irql);
        return STATUS_DELETE_PENDING;
    }
    if (H->Work == 0) {
        KeReleaseSpinLock(&H->Lock, *Irql);
        return STATUS_SUCCESS;
    }
    return STATUS_SUCCESS; // EXPECT: irql-not-restored
}

static NTSTATUS NTAPI
HelmRead(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    NTSTATUS status;
    KIRQL irql;

    UNREFERENCED_PARAMETER(DeviceObject);
    status = HelmEnter(&Helm, &irql);
    if (NT_SUCCESS(status)) {
        Helm.Work--;
        KeReleaseSpinLock(&Helm.Lock, irql);
    }
    Irp->IoStatus.Status = status;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return status;
}

static NTSTATUS NTAPI
HelmCreateClose(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    Irp->IoStatus.Status = STATUS_SUCCESS;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static VOID NTAPI
HelmUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    IoDeleteDevice(HelmDevice);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    status = IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &HelmDevice);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    KeInitializeSpinLock(&Helm.Lock);
    DriverObject->MajorFunction[IRP_MJ_READ] = HelmRead;
    DriverObject->MajorFunction[IRP_MJ_CREATE] = HelmCreateClose;
    DriverObject->MajorFunction[IRP_MJ_CLOSE] = HelmCreateClose;
    DriverObject->DriverUnload = HelmUnload;
    return STATUS_SUCCESS;
}
