/* porch: PorchClose is pageable and closes handles at PASSIVE_LEVEL. It is called with the table's lock held. */
#include <ntddk.h>

#define PORCH_SLOTS 8

static KSPIN_LOCK PorchLock;
static HANDLE PorchSlot[PORCH_SLOTS];
static PDEVICE_OBJECT PorchDevice;

static VOID PorchClose(HANDLE Handle);
#pragma alloc_text(PAGE, PorchClose)

static VOID
PorchClose(HANDLE Handle)
{
    PAGED_CODE();
    if (Handle != NULL) {
        ZwClose(Handle);
    }
}

static VOID
PorchReplace(ULONG Index, HANDLE New)
{
    KIRQL irql;

    KeAcquireSpinLock(&PorchLock, &irql);
    PorchClose(PorchSlot[Index % PORCH_SLOTS]); // EXPECT: irql-paged-code
    PorchSlot[Index % PORCH_SLOTS] = New;
    KeReleaseSpinLock(&PorchLock, irql);
}

static NTSTATUS NTAPI
PorchWrite(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    PorchReplace(IoGetCurrentIrpStackLocation(Irp)->Parameters.Write.Length, NULL);
    Irp->IoStatus.Status = STATUS_SUCCESS;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static VOID
PorchCloseAll(VOID)
{
    ULONG i;

    for (i = 0; i < PORCH_SLOTS; i++) {
        PorchClose(PorchSlot[i]);
    }
}

static NTSTATUS NTAPI
PorchCreateClose(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    Irp->IoStatus.Status = STATUS_SUCCESS;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static VOID NTAPI
PorchUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    PorchCloseAll();
    IoDeleteDevice(PorchDevice);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    status = IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &PorchDevice);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    KeInitializeSpinLock(&PorchLock);
    DriverObject->MajorFunction[IRP_MJ_WRITE] = PorchWrite;
    DriverObject->MajorFunction[IRP_MJ_CREATE] = PorchCreateClose;
    DriverObject->MajorFunction[IRP_MJ_CLOSE] = PorchCreateClose;
    DriverObject->DriverUnload = PorchUnload;
    return STATUS_SUCCESS;
}
