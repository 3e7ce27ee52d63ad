/*
 * Defect: remove-device deregisters and goes on to delete the device, in whose extension the characteristics lie, without
 * a wait.
 */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_ADD_DEVICE ZorilAddDevice;
DRIVER_UNLOAD ZorilUnload;

static const NPIID ZorilNpiId = { 0xa6afc68d, 0xd53a, 0x405a, { 0x4c, 0xbb, 0x9c, 0x9c, 0x86, 0x04, 0x6e, 0x78 } };
static const NPI_MODULEID ZorilModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0xb3179784, 0xe302, 0x4c93, { 0xcc, 0xac, 0x03, 0x5a, 0x05, 0x71, 0x25, 0xfd } } } };
static const ULONG ZorilDispatch[2] = { 8, 1 };
static volatile LONG ZorilClients;

static NTSTATUS NTAPI ZorilAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext, const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    InterlockedIncrement(&ZorilClients);
    *ProviderBindingContext = (PVOID)&ZorilClients;
    *ProviderDispatch = ZorilDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI ZorilDetachClient(PVOID ProviderBindingContext)
{
    InterlockedDecrement((volatile LONG *)ProviderBindingContext);
    return STATUS_SUCCESS;
}

typedef struct _ZORIL_EXTENSION {
    PDEVICE_OBJECT Lower;
    NPI_PROVIDER_CHARACTERISTICS Chars;
    HANDLE Handle;
} ZORIL_EXTENSION, *PZORIL_EXTENSION;

static NTSTATUS NTAPI ZorilPnp(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    PZORIL_EXTENSION Extension = DeviceObject->DeviceExtension;
    PDEVICE_OBJECT Lower = Extension->Lower;
    NTSTATUS Status;

    if (IoGetCurrentIrpStackLocation(Irp)->MinorFunction == IRP_MN_REMOVE_DEVICE) {
        NmrDeregisterProvider(Extension->Handle); // EXPECT: nmr-missing-wait
        Irp->IoStatus.Status = STATUS_SUCCESS;
        IoSkipCurrentIrpStackLocation(Irp);
        Status = IoCallDriver(Lower, Irp);
        IoDetachDevice(Lower);
        IoDeleteDevice(DeviceObject);
        return Status;
    }
    IoSkipCurrentIrpStackLocation(Irp);
    return IoCallDriver(Lower, Irp);
}

static NTSTATUS ZorilRegister(PZORIL_EXTENSION Extension)
{
    Extension->Chars.Length = sizeof(Extension->Chars);
    Extension->Chars.ProviderAttachClient = ZorilAttachClient;
    Extension->Chars.ProviderDetachClient = ZorilDetachClient;
    Extension->Chars.ProviderRegistrationInstance.Size = sizeof(NPI_REGISTRATION_INSTANCE);
    Extension->Chars.ProviderRegistrationInstance.NpiId = &ZorilNpiId;
    Extension->Chars.ProviderRegistrationInstance.ModuleId = &ZorilModuleId;
    return NmrRegisterProvider(&Extension->Chars, NULL, &Extension->Handle);
}

NTSTATUS NTAPI ZorilAddDevice(PDRIVER_OBJECT DriverObject, PDEVICE_OBJECT PhysicalDeviceObject)
{
    PZORIL_EXTENSION Extension;
    PDEVICE_OBJECT DeviceObject;
    NTSTATUS Status;

    Status = IoCreateDevice(DriverObject, sizeof(ZORIL_EXTENSION), NULL, FILE_DEVICE_NETWORK, 0, FALSE, &DeviceObject);
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    Extension = DeviceObject->DeviceExtension;
    Extension->Lower = IoAttachDeviceToDeviceStack(DeviceObject, PhysicalDeviceObject);
    if (Extension->Lower == NULL) {
        IoDeleteDevice(DeviceObject);
        return STATUS_NO_SUCH_DEVICE;
    }
    Status = ZorilRegister(Extension);
    if (!NT_SUCCESS(Status)) {
        IoDetachDevice(Extension->Lower);
        IoDeleteDevice(DeviceObject);
        return Status;
    }
    DeviceObject->Flags &= ~DO_DEVICE_INITIALIZING;
    return STATUS_SUCCESS;
}

VOID NTAPI ZorilUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->MajorFunction[IRP_MJ_PNP] = ZorilPnp;
    DriverObject->DriverExtension->AddDevice = ZorilAddDevice;
    DriverObject->DriverUnload = ZorilUnload;
    return STATUS_SUCCESS;
}
