/*
 * A filter. Good: the per-device registration is ended when the device is removed, unless surprise removal did so.
 * (Twin: bad_pnp_surprise_only.c)
 */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_ADD_DEVICE PhalaropeAddDevice;
DRIVER_UNLOAD PhalaropeUnload;

typedef struct _PHALAROPE_EXTENSION {
    PDEVICE_OBJECT Lower;
    HANDLE Provider;
} PHALAROPE_EXTENSION, *PPHALAROPE_EXTENSION;

static const NPIID PhalaropeNpiId = { 0x2cd18648, 0x0d0b, 0x4736, { 0x8a, 0x40, 0x28, 0x3a, 0x30, 0xc0, 0x1a, 0xc3 } };
static const NPI_MODULEID PhalaropeModuleId = {
    sizeof(NPI_MODULEID), MIT_GUID, { { 0x938d4e35, 0x91ff, 0x420c, { 0x84, 0xad, 0x82, 0xae, 0x4f, 0x22, 0xc8, 0x6f } } }
};
static const ULONG PhalaropeDispatch = 1;
static volatile LONG PhalaropeClients;

static NTSTATUS NTAPI PhalaropeAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext, const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    InterlockedIncrement(&PhalaropeClients);
    *ProviderBindingContext = (PVOID)&PhalaropeClients;
    *ProviderDispatch = &PhalaropeDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI PhalaropeDetachClient(PVOID ProviderBindingContext)
{
    InterlockedDecrement((volatile LONG *)ProviderBindingContext);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS PhalaropeProvider = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), PhalaropeAttachClient, PhalaropeDetachClient, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &PhalaropeNpiId, &PhalaropeModuleId, 0, NULL }
};

static VOID PhalaropeEnd(PPHALAROPE_EXTENSION Extension)
{
    HANDLE Handle = Extension->Provider;

    if (Handle == NULL) {
        return;
    }
    Extension->Provider = NULL;
    if (NmrDeregisterProvider(Handle) == STATUS_PENDING) {
        NmrWaitForProviderDeregisterComplete(Handle);
    }
}

static NTSTATUS NTAPI PhalaropePass(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    PPHALAROPE_EXTENSION Extension = DeviceObject->DeviceExtension;

    IoSkipCurrentIrpStackLocation(Irp);
    return IoCallDriver(Extension->Lower, Irp);
}

static NTSTATUS NTAPI PhalaropePnp(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    PPHALAROPE_EXTENSION Extension = DeviceObject->DeviceExtension;
    PDEVICE_OBJECT Lower = Extension->Lower;
    NTSTATUS Status;

    switch (IoGetCurrentIrpStackLocation(Irp)->MinorFunction) {
    case IRP_MN_SURPRISE_REMOVAL:
        PhalaropeEnd(Extension);
        Irp->IoStatus.Status = STATUS_SUCCESS;
        break;
    case IRP_MN_REMOVE_DEVICE:
        PhalaropeEnd(Extension);
        Irp->IoStatus.Status = STATUS_SUCCESS;
        IoSkipCurrentIrpStackLocation(Irp);
        Status = IoCallDriver(Lower, Irp);
        IoDetachDevice(Lower);
        IoDeleteDevice(DeviceObject);
        return Status;
    default:
        break;
    }
    IoSkipCurrentIrpStackLocation(Irp);
    return IoCallDriver(Lower, Irp);
}

NTSTATUS NTAPI PhalaropeAddDevice(PDRIVER_OBJECT DriverObject, PDEVICE_OBJECT PhysicalDeviceObject)
{
    PPHALAROPE_EXTENSION Extension;
    PDEVICE_OBJECT DeviceObject;
    NTSTATUS Status;

    Status = IoCreateDevice(DriverObject, sizeof(PHALAROPE_EXTENSION), NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &DeviceObject);
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    Extension = DeviceObject->DeviceExtension;
    Extension->Lower = IoAttachDeviceToDeviceStack(DeviceObject, PhysicalDeviceObject);
    if (Extension->Lower == NULL) {
        IoDeleteDevice(DeviceObject);
        return STATUS_NO_SUCH_DEVICE;
    }
    Status = NmrRegisterProvider(&PhalaropeProvider, NULL, &Extension->Provider);
    if (!NT_SUCCESS(Status)) {
        IoDetachDevice(Extension->Lower);
        IoDeleteDevice(DeviceObject);
        return Status;
    }
    DeviceObject->Flags &= ~DO_DEVICE_INITIALIZING;
    return STATUS_SUCCESS;
}

VOID NTAPI PhalaropeUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    ULONG i;

    UNREFERENCED_PARAMETER(RegistryPath);
    for (i = 0; i <= IRP_MJ_MAXIMUM_FUNCTION; i++) {
        DriverObject->MajorFunction[i] = PhalaropePass;
    }
    DriverObject->MajorFunction[IRP_MJ_PNP] = PhalaropePnp;
    DriverObject->DriverExtension->AddDevice = PhalaropeAddDevice;
    DriverObject->DriverUnload = PhalaropeUnload;
    return STATUS_SUCCESS;
}
