/* harrow: the search loop locks each row; a hit breaks out of it with the row locked. */
#include <ntddk.h>

typedef struct _HARROW_ROW {
    KSPIN_LOCK Lock;
    ULONG Key;
    ULONG Hits;
} HARROW_ROW;

static HARROW_ROW HarrowRows[8];
static ULONG HarrowSearches;

static VOID
HarrowHit(ULONG Key)
{
    KIRQL irql;
    ULONG i;

    for (i = 0; i < ARRAYSIZE(HarrowRows); i++) {
        KeAcquireSpinLock(&HarrowRows[i].Lock, &irql);
        if (HarrowRows[i].Key == Key) {
            HarrowRows[i].Hits++;
            break;
        }
        KeReleaseSpinLock(&HarrowRows[i].Lock, irql);
    }
    HarrowSearches++;
} // EXPECT: irql-not-restored

static NTSTATUS
HarrowRun(ULONG Key)
{
    if (Key == 0) {
        return STATUS_INVALID_PARAMETER;
    }
    HarrowHit(Key);
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
HarrowControl(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    PIO_STACK_LOCATION stack = IoGetCurrentIrpStackLocation(Irp);
    ULONG code = stack->Parameters.DeviceIoControl.IoControlCode;
    PULONG buffer = Irp->AssociatedIrp.SystemBuffer;
    NTSTATUS status;

    UNREFERENCED_PARAMETER(DeviceObject);
    if (stack->Parameters.DeviceIoControl.InputBufferLength < sizeof(ULONG)) {
        status = STATUS_INVALID_PARAMETER;
    } else {
        status = HarrowRun(*buffer);
    }
    Irp->IoStatus.Status = status;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return status;
}

static PDEVICE_OBJECT HarrowDevice;

static NTSTATUS NTAPI
HarrowCreateClose(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    Irp->IoStatus.Status = STATUS_SUCCESS;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static VOID NTAPI
HarrowUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    IoDeleteDevice(HarrowDevice);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->MajorFunction[IRP_MJ_CREATE] = HarrowCreateClose;
    DriverObject->MajorFunction[IRP_MJ_CLOSE] = HarrowCreateClose;
    DriverObject->MajorFunction[IRP_MJ_DEVICE_CONTROL] = HarrowControl;
    DriverObject->DriverUnload = HarrowUnload;
    return IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &HarrowDevice);
}
