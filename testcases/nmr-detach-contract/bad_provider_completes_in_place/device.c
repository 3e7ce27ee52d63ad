#include "delta.h"

DELTA Delta;
static PDEVICE_OBJECT DeltaDevice;

VOID
DeltaGone(PDELTA D)
{
    D->Flow = 0;
    NmrProviderDetachClientComplete(D->NmrBindingHandle); // EXPECT: nmr-detach-contract
}

/* The service writes when it has let go of the client. */
static NTSTATUS NTAPI
DeltaWrite(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    if (InterlockedExchange(&Delta.Leaving, 0) != 0) {
        Delta.Flow = 1;
    }
    Irp->IoStatus.Status = STATUS_SUCCESS;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
DeltaCreateClose(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    Irp->IoStatus.Status = STATUS_SUCCESS;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static VOID NTAPI
DeltaUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    DeltaDeregister();
    IoDeleteDevice(DeltaDevice);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS status;

    UNREFERENCED_PARAMETER(RegistryPath);
    status = IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &DeltaDevice);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    status = DeltaRegister();
    if (!NT_SUCCESS(status)) { IoDeleteDevice(DeltaDevice); return status; }
    DriverObject->MajorFunction[IRP_MJ_WRITE] = DeltaWrite;
    DriverObject->MajorFunction[IRP_MJ_CREATE] = DeltaCreateClose;
    DriverObject->MajorFunction[IRP_MJ_CLOSE] = DeltaCreateClose;
    DriverObject->DriverUnload = DeltaUnload;
    return STATUS_SUCCESS;
}
