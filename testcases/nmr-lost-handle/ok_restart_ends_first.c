/* Good: restart ends the old registration and then makes the new one; after a failure the handle is NULL. */
#include <ntddk.h>
#include <netioddk.h>

#define IOCTL_RESTART CTL_CODE(FILE_DEVICE_NETWORK, 0x840, METHOD_BUFFERED, FILE_WRITE_ACCESS)

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD WyvernUnload;

static const NPIID WyvernNpiId = { 0x36337f6d, 0x3f47, 0x4f8e, { 0x59, 0xae, 0x0d, 0xf5, 0x00, 0x28, 0x6d, 0x44 } };
static const NPI_MODULEID WyvernModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x2d8e7405, 0x95c1, 0x4dec, { 0xbe, 0x7b, 0xa0, 0xa8, 0xf3, 0x98, 0x5f, 0xeb } } } };
static const ULONG WyvernDispatch[2] = { 8, 1 };
static volatile LONG WyvernClients;

static NTSTATUS NTAPI WyvernAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext, const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    InterlockedIncrement(&WyvernClients);
    *ProviderBindingContext = (PVOID)&WyvernClients;
    *ProviderDispatch = WyvernDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI WyvernDetachClient(PVOID ProviderBindingContext)
{
    InterlockedDecrement((volatile LONG *)ProviderBindingContext);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS WyvernProvider = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), WyvernAttachClient, WyvernDetachClient, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &WyvernNpiId, &WyvernModuleId, 0, NULL }
};

static HANDLE WyvernHandle;
static FAST_MUTEX WyvernLock;

static VOID WyvernStop(VOID)
{
    HANDLE Handle = InterlockedExchangePointer(&WyvernHandle, NULL);

    if (Handle != NULL) {
        if (NmrDeregisterProvider(Handle) == STATUS_PENDING) {
            NmrWaitForProviderDeregisterComplete(Handle);
        }
    }
}

static NTSTATUS WyvernStart(VOID)
{
    HANDLE Handle;
    NTSTATUS Status = NmrRegisterProvider(&WyvernProvider, NULL, &Handle);

    if (NT_SUCCESS(Status)) {
        WyvernHandle = Handle;
    }
    return Status;
}

static NTSTATUS NTAPI WyvernControl(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    NTSTATUS Status = STATUS_INVALID_DEVICE_REQUEST;

    UNREFERENCED_PARAMETER(DeviceObject);
    if (IoGetCurrentIrpStackLocation(Irp)->Parameters.DeviceIoControl.IoControlCode == IOCTL_RESTART) {
        WyvernStop();
        Status = WyvernStart();
    }
    Irp->IoStatus.Status = Status;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return Status;
}

VOID NTAPI WyvernUnload(PDRIVER_OBJECT DriverObject)
{
    WyvernStop();
    IoDeleteDevice(DriverObject->DeviceObject);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    PDEVICE_OBJECT DeviceObject;
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);
    Status = WyvernStart();
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    Status = IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_NETWORK, 0, TRUE, &DeviceObject);
    if (!NT_SUCCESS(Status)) {
        WyvernStop();
        return Status;
    }
    DriverObject->MajorFunction[IRP_MJ_DEVICE_CONTROL] = WyvernControl;
    DriverObject->DriverUnload = WyvernUnload;
    return STATUS_SUCCESS;
}
