/*
 * Good: a WDM driver registers when its device is started and ends the registration when it is removed or surprise
 * removed, if it was ever started.
 */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_ADD_DEVICE GnuAddDevice;
DRIVER_UNLOAD GnuUnload;

static const NPIID GnuNpiId = { 0x40b8c7d1, 0x1468, 0x4f3d, { 0x40, 0xc8, 0xf3, 0x7b, 0x59, 0x46, 0xd0, 0xab } };
static const NPI_MODULEID GnuModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x7192ba4b, 0xce67, 0x4ad0, { 0xc3, 0x11, 0x3e, 0x16, 0x81, 0x07, 0xca, 0x2d } } } };
static const ULONG GnuDispatch = 1;
static struct { PVOID Context; const VOID *Dispatch; } GnuPeer;

static NTSTATUS NTAPI GnuAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &GnuPeer, &GnuDispatch, &GnuPeer.Context, &GnuPeer.Dispatch);
}

static NTSTATUS NTAPI GnuDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    GnuPeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS GnuClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), GnuAttach, GnuDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &GnuNpiId, &GnuModuleId, 0, NULL }
};

typedef struct _GNU_EXTENSION {
    PDEVICE_OBJECT Lower;
    HANDLE Handle;
    BOOLEAN Started;
} GNU_EXTENSION, *PGNU_EXTENSION;

static NTSTATUS NTAPI GnuPass(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    PGNU_EXTENSION Extension = DeviceObject->DeviceExtension;

    IoSkipCurrentIrpStackLocation(Irp);
    return IoCallDriver(Extension->Lower, Irp);
}

static VOID GnuStop(PGNU_EXTENSION Extension)
{
    if (!Extension->Started) {
        return;
    }
    Extension->Started = FALSE;
    if (NmrDeregisterClient(Extension->Handle) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(Extension->Handle);
    }
}

static NTSTATUS GnuStart(PGNU_EXTENSION Extension)
{
    NTSTATUS Status;

    if (Extension->Started) {
        return STATUS_SUCCESS;
    }
    Status = NmrRegisterClient(&GnuClient, Extension, &Extension->Handle);
    if (NT_SUCCESS(Status)) {
        Extension->Started = TRUE;
    }
    return Status;
}

static NTSTATUS NTAPI GnuPnp(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    PGNU_EXTENSION Extension = DeviceObject->DeviceExtension;
    PDEVICE_OBJECT Lower = Extension->Lower;
    NTSTATUS Status;

    switch (IoGetCurrentIrpStackLocation(Irp)->MinorFunction) {
    case IRP_MN_START_DEVICE:
        if (!IoForwardIrpSynchronously(Lower, Irp)) {
            Status = STATUS_UNSUCCESSFUL;
        } else {
            Status = Irp->IoStatus.Status;
        }
        if (NT_SUCCESS(Status)) {
            Status = GnuStart(Extension);
        }
        Irp->IoStatus.Status = Status;
        IoCompleteRequest(Irp, IO_NO_INCREMENT);
        return Status;
    case IRP_MN_SURPRISE_REMOVAL:
        GnuStop(Extension);
        Irp->IoStatus.Status = STATUS_SUCCESS;
        return GnuPass(DeviceObject, Irp);
    case IRP_MN_REMOVE_DEVICE:
        GnuStop(Extension);
        Irp->IoStatus.Status = STATUS_SUCCESS;
        Status = GnuPass(DeviceObject, Irp);
        IoDetachDevice(Lower);
        IoDeleteDevice(DeviceObject);
        return Status;
    default:
        return GnuPass(DeviceObject, Irp);
    }
}

NTSTATUS NTAPI GnuAddDevice(PDRIVER_OBJECT DriverObject, PDEVICE_OBJECT PhysicalDeviceObject)
{
    PGNU_EXTENSION Extension;
    PDEVICE_OBJECT DeviceObject;
    NTSTATUS Status;

    Status = IoCreateDevice(DriverObject, sizeof(GNU_EXTENSION), NULL, FILE_DEVICE_NETWORK, 0, FALSE, &DeviceObject);
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    Extension = DeviceObject->DeviceExtension;
    Extension->Lower = IoAttachDeviceToDeviceStack(DeviceObject, PhysicalDeviceObject);
    if (Extension->Lower == NULL) {
        IoDeleteDevice(DeviceObject);
        return STATUS_NO_SUCH_DEVICE;
    }
    DeviceObject->Flags &= ~DO_DEVICE_INITIALIZING;
    return STATUS_SUCCESS;
}

VOID NTAPI GnuUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->MajorFunction[IRP_MJ_PNP] = GnuPnp;
    DriverObject->MajorFunction[IRP_MJ_POWER] = GnuPass;
    DriverObject->DriverExtension->AddDevice = GnuAddDevice;
    DriverObject->DriverUnload = GnuUnload;
    return STATUS_SUCCESS;
}
