/* Defect: remove-device ends the registration only when the device is verbose. */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_ADD_DEVICE JadeAddDevice;
DRIVER_UNLOAD JadeUnload;

static const NPIID JadeNpiId = { 0x101222f5, 0xde28, 0x4a8a, { 0xa8, 0x47, 0x7a, 0x7d, 0xd3, 0x2d, 0x01, 0xac } };
static const NPI_MODULEID JadeModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0xd73ed5f3, 0x6ba0, 0x4366, { 0xb7, 0x3d, 0x3a, 0x0a, 0x05, 0xef, 0x8b, 0x31 } } } };
static const ULONG JadeDispatch[2] = { 8, 1 };
static volatile LONG JadeClients;

static NTSTATUS NTAPI JadeAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext, const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    InterlockedIncrement(&JadeClients);
    *ProviderBindingContext = (PVOID)&JadeClients;
    *ProviderDispatch = JadeDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI JadeDetachClient(PVOID ProviderBindingContext)
{
    InterlockedDecrement((volatile LONG *)ProviderBindingContext);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS JadeProvider = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), JadeAttachClient, JadeDetachClient, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &JadeNpiId, &JadeModuleId, 0, NULL }
};

typedef struct _JADE_EXTENSION {
    PDEVICE_OBJECT Lower;
    HANDLE Handle;
    BOOLEAN Verbose;
} JADE_EXTENSION, *PJADE_EXTENSION;

static NTSTATUS NTAPI JadePnp(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    PJADE_EXTENSION Extension = DeviceObject->DeviceExtension;
    PDEVICE_OBJECT Lower = Extension->Lower;
    NTSTATUS Status;

    if (IoGetCurrentIrpStackLocation(Irp)->MinorFunction == IRP_MN_REMOVE_DEVICE) {
        if (Extension->Verbose) {
            DbgPrint("jade: removed\n");
            if (NmrDeregisterProvider(Extension->Handle) == STATUS_PENDING) {
                NmrWaitForProviderDeregisterComplete(Extension->Handle);
            }
        }
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

NTSTATUS NTAPI JadeAddDevice(PDRIVER_OBJECT DriverObject, PDEVICE_OBJECT PhysicalDeviceObject)
{
    PJADE_EXTENSION Extension;
    PDEVICE_OBJECT DeviceObject;
    NTSTATUS Status;

    Status = IoCreateDevice(DriverObject, sizeof(JADE_EXTENSION), NULL, FILE_DEVICE_NETWORK, 0, FALSE, &DeviceObject);
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    Extension = DeviceObject->DeviceExtension;
    Extension->Verbose = (PhysicalDeviceObject->Flags & DO_POWER_PAGABLE) != 0;
    Extension->Lower = IoAttachDeviceToDeviceStack(DeviceObject, PhysicalDeviceObject);
    if (Extension->Lower == NULL) {
        IoDeleteDevice(DeviceObject);
        return STATUS_NO_SUCH_DEVICE;
    }
    Status = NmrRegisterProvider(&JadeProvider, NULL, &Extension->Handle); // EXPECT: nmr-missing-deregister
    if (!NT_SUCCESS(Status)) {
        IoDetachDevice(Extension->Lower);
        IoDeleteDevice(DeviceObject);
        return Status;
    }
    DeviceObject->Flags &= ~DO_DEVICE_INITIALIZING;
    return STATUS_SUCCESS;
}

VOID NTAPI JadeUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->MajorFunction[IRP_MJ_PNP] = JadePnp;
    DriverObject->DriverExtension->AddDevice = JadeAddDevice;
    DriverObject->DriverUnload = JadeUnload;
    return STATUS_SUCCESS;
}
