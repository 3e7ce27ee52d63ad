/*
 * A WDM function driver. Defect: AddDevice registers the provider and fails when the device cannot be attached; the
 * device, and the handle in its extension, go, the registration stays.
 */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_ADD_DEVICE OryxAddDevice;
DRIVER_UNLOAD OryxUnload;

static const NPIID OryxNpiId = { 0x8209142d, 0x5b04, 0x41f5, { 0x53, 0xa4, 0x69, 0x55, 0xe6, 0x86, 0xc8, 0xe7 } };
static const NPI_MODULEID OryxModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x763d01a7, 0xdb8d, 0x44ae, { 0x49, 0x96, 0x32, 0x52, 0x88, 0x56, 0x46, 0xff } } } };
static const ULONG OryxDispatch[2] = { 8, 1 };
static volatile LONG OryxClients;

static NTSTATUS NTAPI OryxAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext, const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    InterlockedIncrement(&OryxClients);
    *ProviderBindingContext = (PVOID)&OryxClients;
    *ProviderDispatch = OryxDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI OryxDetachClient(PVOID ProviderBindingContext)
{
    InterlockedDecrement((volatile LONG *)ProviderBindingContext);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS OryxProvider = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), OryxAttachClient, OryxDetachClient, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &OryxNpiId, &OryxModuleId, 0, NULL }
};

typedef struct _ORYX_EXTENSION {
    PDEVICE_OBJECT Lower;
    HANDLE Handle;
} ORYX_EXTENSION, *PORYX_EXTENSION;

static NTSTATUS NTAPI OryxPass(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    PORYX_EXTENSION Extension = DeviceObject->DeviceExtension;

    IoSkipCurrentIrpStackLocation(Irp);
    return IoCallDriver(Extension->Lower, Irp);
}

static NTSTATUS NTAPI OryxPnp(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    PORYX_EXTENSION Extension = DeviceObject->DeviceExtension;
    NTSTATUS Status;

    if (IoGetCurrentIrpStackLocation(Irp)->MinorFunction != IRP_MN_REMOVE_DEVICE) {
        return OryxPass(DeviceObject, Irp);
    }
    if (NmrDeregisterProvider(Extension->Handle) == STATUS_PENDING) {
        NmrWaitForProviderDeregisterComplete(Extension->Handle);
    }
    Irp->IoStatus.Status = STATUS_SUCCESS;
    Status = OryxPass(DeviceObject, Irp);
    IoDetachDevice(Extension->Lower);
    IoDeleteDevice(DeviceObject);
    return Status;
}

NTSTATUS NTAPI OryxAddDevice(PDRIVER_OBJECT DriverObject, PDEVICE_OBJECT PhysicalDeviceObject)
{
    PORYX_EXTENSION Extension;
    PDEVICE_OBJECT DeviceObject;
    NTSTATUS Status;

    Status = IoCreateDevice(DriverObject, sizeof(ORYX_EXTENSION), NULL, FILE_DEVICE_NETWORK, 0, FALSE, &DeviceObject);
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    Extension = DeviceObject->DeviceExtension;
    Status = NmrRegisterProvider(&OryxProvider, NULL, &Extension->Handle); // EXPECT: nmr-missing-deregister
    if (!NT_SUCCESS(Status)) {
        IoDeleteDevice(DeviceObject);
        return Status;
    }
    Extension->Lower = IoAttachDeviceToDeviceStack(DeviceObject, PhysicalDeviceObject);
    if (Extension->Lower == NULL) {
        IoDeleteDevice(DeviceObject);
        return STATUS_NO_SUCH_DEVICE;
    }
    DeviceObject->Flags &= ~DO_DEVICE_INITIALIZING;
    return STATUS_SUCCESS;
}

VOID NTAPI OryxUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    ULONG i;

    UNREFERENCED_PARAMETER(RegistryPath);
    for (i = 0; i <= IRP_MJ_MAXIMUM_FUNCTION; i += 1) {
        DriverObject->MajorFunction[i] = OryxPass;
    }
    DriverObject->MajorFunction[IRP_MJ_PNP] = OryxPnp;
    DriverObject->DriverExtension->AddDevice = OryxAddDevice;
    DriverObject->DriverUnload = OryxUnload;
    return STATUS_SUCCESS;
}
