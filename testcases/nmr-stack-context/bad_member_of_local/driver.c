/*
 * A filter. Defect (with npi.c): AddDevice prepares the extension in a local, registers with a member of that local, and
 * copies it to the device afterwards.
 * (Twin: ok_member_of_extension)
 */
#include "filter.h"

DRIVER_INITIALIZE DriverEntry;
DRIVER_ADD_DEVICE CootAddDevice;
DRIVER_UNLOAD CootUnload;

static NTSTATUS NTAPI CootPass(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    IoSkipCurrentIrpStackLocation(Irp);
    return IoCallDriver(((PCOOT_EXTENSION)DeviceObject->DeviceExtension)->Lower, Irp);
}

static NTSTATUS NTAPI CootPnp(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    PCOOT_EXTENSION Extension = DeviceObject->DeviceExtension;
    PDEVICE_OBJECT Lower = Extension->Lower;
    NTSTATUS Status;

    if (IoGetCurrentIrpStackLocation(Irp)->MinorFunction != IRP_MN_REMOVE_DEVICE) {
        return CootPass(DeviceObject, Irp);
    }
    CootWithdraw(Extension->Provider);
    IoSkipCurrentIrpStackLocation(Irp);
    Status = IoCallDriver(Lower, Irp);
    IoDetachDevice(Lower);
    IoDeleteDevice(DeviceObject);
    return Status;
}

NTSTATUS NTAPI CootAddDevice(PDRIVER_OBJECT DriverObject, PDEVICE_OBJECT PhysicalDeviceObject)
{
    COOT_EXTENSION Prepared = { 0 };
    PCOOT_EXTENSION Extension = &Prepared;
    PDEVICE_OBJECT DeviceObject;
    NTSTATUS Status;

    Status = IoCreateDevice(DriverObject, sizeof(COOT_EXTENSION), NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &DeviceObject);
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    Extension->Lower = IoAttachDeviceToDeviceStack(DeviceObject, PhysicalDeviceObject);
    if (Extension->Lower == NULL) {
        IoDeleteDevice(DeviceObject);
        return STATUS_NO_SUCH_DEVICE;
    }
    Status = CootOffer(&Extension->State, &Extension->Provider);
    if (!NT_SUCCESS(Status)) {
        IoDetachDevice(Extension->Lower);
        IoDeleteDevice(DeviceObject);
        return Status;
    }
    RtlCopyMemory(DeviceObject->DeviceExtension, Extension, sizeof(*Extension));
    DeviceObject->Flags &= ~DO_DEVICE_INITIALIZING;
    return STATUS_SUCCESS;
}

VOID NTAPI CootUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    ULONG i;

    UNREFERENCED_PARAMETER(RegistryPath);
    for (i = 0; i <= IRP_MJ_MAXIMUM_FUNCTION; i++) {
        DriverObject->MajorFunction[i] = CootPass;
    }
    DriverObject->MajorFunction[IRP_MJ_PNP] = CootPnp;
    DriverObject->DriverExtension->AddDevice = CootAddDevice;
    DriverObject->DriverUnload = CootUnload;
    return STATUS_SUCCESS;
}
