/* Good: no unload routine is ever set, the entry's last step is the register call. */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;

static const NPIID CobraNpiId = { 0xd13eca1c, 0x7005, 0x458f, { 0x7d, 0x03, 0x10, 0xef, 0x14, 0x27, 0x7c, 0xc2 } };
static const NPI_MODULEID CobraModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x9af72f8d, 0xb613, 0x4aa4, { 0x4b, 0xff, 0x45, 0xd0, 0x0b, 0x6e, 0xf1, 0x9b } } } };
static const ULONG CobraDispatch = 1;
static struct { PVOID Context; const VOID *Dispatch; } CobraPeer;

static NTSTATUS NTAPI CobraAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &CobraPeer, &CobraDispatch, &CobraPeer.Context, &CobraPeer.Dispatch);
}

static NTSTATUS NTAPI CobraDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    CobraPeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS CobraClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), CobraAttach, CobraDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &CobraNpiId, &CobraModuleId, 0, NULL }
};

static HANDLE CobraHandle;

static NTSTATUS NTAPI CobraCreate(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    Irp->IoStatus.Status = STATUS_SUCCESS;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    PDEVICE_OBJECT DeviceObject;
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);
    Status = IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_NETWORK, 0, FALSE, &DeviceObject);
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    DriverObject->MajorFunction[IRP_MJ_CREATE] = CobraCreate;
    Status = NmrRegisterClient(&CobraClient, NULL, &CobraHandle);
    if (!NT_SUCCESS(Status)) {
        IoDeleteDevice(DeviceObject);
    }
    return Status;
}
