/*
 * A filter. Good: surprise removal ends the registration and nulls the handle for the removal that always follows.
 * (Twin: bad_surprise_then_remove.c)
 */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_ADD_DEVICE LarchAddDevice;
DRIVER_UNLOAD LarchUnload;

typedef struct _LARCH_EXTENSION {
    PDEVICE_OBJECT Lower;
    HANDLE Client;
} LARCH_EXTENSION, *PLARCH_EXTENSION;

static const NPIID LarchNpiId = { 0x3870fc52, 0x276b, 0x468c, { 0x8b, 0xd2, 0x6c, 0xcd, 0xca, 0x73, 0x57, 0xbf } };
static const NPI_MODULEID LarchModuleId = {
    sizeof(NPI_MODULEID), MIT_GUID, { { 0xb010c128, 0x4557, 0x4ad4, { 0x82, 0x66, 0xfb, 0x2a, 0x3a, 0x19, 0x6b, 0x4e } } }
};
static const ULONG LarchDispatch = 4;
static struct { PVOID Context; const VOID *Dispatch; } LarchPeer;

static NTSTATUS NTAPI LarchAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &LarchPeer, &LarchDispatch, &LarchPeer.Context, &LarchPeer.Dispatch);
}

static NTSTATUS NTAPI LarchDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    LarchPeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS LarchClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), LarchAttach, LarchDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &LarchNpiId, &LarchModuleId, 0, NULL }
};

static VOID LarchEnd(PLARCH_EXTENSION Extension)
{
    if (Extension->Client == NULL) {
        return;
    }
    if (NmrDeregisterClient(Extension->Client) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(Extension->Client);
    }
    Extension->Client = NULL;
}

static NTSTATUS NTAPI LarchPass(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    IoSkipCurrentIrpStackLocation(Irp);
    return IoCallDriver(((PLARCH_EXTENSION)DeviceObject->DeviceExtension)->Lower, Irp);
}

static NTSTATUS NTAPI LarchPnp(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    PLARCH_EXTENSION Extension = DeviceObject->DeviceExtension;
    UCHAR Minor = IoGetCurrentIrpStackLocation(Irp)->MinorFunction;
    PDEVICE_OBJECT Lower = Extension->Lower;
    NTSTATUS Status;

    if (Minor == IRP_MN_SURPRISE_REMOVAL || Minor == IRP_MN_REMOVE_DEVICE) {
        LarchEnd(Extension);
        Irp->IoStatus.Status = STATUS_SUCCESS;
    }
    IoSkipCurrentIrpStackLocation(Irp);
    Status = IoCallDriver(Lower, Irp);
    if (Minor == IRP_MN_REMOVE_DEVICE) {
        IoDetachDevice(Lower);
        IoDeleteDevice(DeviceObject);
    }
    return Status;
}

NTSTATUS NTAPI LarchAddDevice(PDRIVER_OBJECT DriverObject, PDEVICE_OBJECT PhysicalDeviceObject)
{
    PLARCH_EXTENSION Extension;
    PDEVICE_OBJECT DeviceObject;
    NTSTATUS Status;

    Status = IoCreateDevice(DriverObject, sizeof(*Extension), NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &DeviceObject);
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    Extension = DeviceObject->DeviceExtension;
    Status = NmrRegisterClient(&LarchClient, NULL, &Extension->Client);
    if (!NT_SUCCESS(Status)) {
        IoDeleteDevice(DeviceObject);
        return Status;
    }
    Extension->Lower = IoAttachDeviceToDeviceStack(DeviceObject, PhysicalDeviceObject);
    if (Extension->Lower == NULL) {
        LarchEnd(Extension);
        IoDeleteDevice(DeviceObject);
        return STATUS_NO_SUCH_DEVICE;
    }
    DeviceObject->Flags &= ~DO_DEVICE_INITIALIZING;
    return STATUS_SUCCESS;
}

VOID NTAPI LarchUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    ULONG i;

    UNREFERENCED_PARAMETER(RegistryPath);
    for (i = 0; i <= IRP_MJ_MAXIMUM_FUNCTION; i++) {
        DriverObject->MajorFunction[i] = LarchPass;
    }
    DriverObject->MajorFunction[IRP_MJ_PNP] = LarchPnp;
    DriverObject->DriverExtension->AddDevice = LarchAddDevice;
    DriverObject->DriverUnload = LarchUnload;
    return STATUS_SUCCESS;
}
