/* Defect: unload returns early when the buffer was never allocated - on demand, by a request - and skips the rest. */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD TangoUnload;

static const NPIID TangoNpiId = { 0x99ec9c94, 0xe5ac, 0x428a, { 0x57, 0x4e, 0x5d, 0x16, 0x68, 0x70, 0xc2, 0x40 } };
static const NPI_MODULEID TangoModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x5d7cfc3c, 0x36f9, 0x4dee, { 0x77, 0x97, 0x47, 0x3d, 0x26, 0x8a, 0x03, 0xbc } } } };
static const ULONG TangoDispatch = 1;
static struct { PVOID Context; const VOID *Dispatch; } TangoPeer;

static NTSTATUS NTAPI TangoAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &TangoPeer, &TangoDispatch, &TangoPeer.Context, &TangoPeer.Dispatch);
}

static NTSTATUS NTAPI TangoDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    TangoPeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS TangoClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), TangoAttach, TangoDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &TangoNpiId, &TangoModuleId, 0, NULL }
};

static HANDLE TangoHandle;
static PVOID TangoBuffer;

static NTSTATUS NTAPI TangoRead(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    NTSTATUS Status = STATUS_SUCCESS;

    UNREFERENCED_PARAMETER(DeviceObject);
    if (TangoBuffer == NULL) {
        TangoBuffer = ExAllocatePool2(POOL_FLAG_NON_PAGED, 4096, 'gnaT');
        if (TangoBuffer == NULL) {
            Status = STATUS_INSUFFICIENT_RESOURCES;
        }
    }
    Irp->IoStatus.Status = Status;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return Status;
}

VOID NTAPI TangoUnload(PDRIVER_OBJECT DriverObject)
{
    IoDeleteDevice(DriverObject->DeviceObject);
    if (TangoBuffer == NULL) {
        return;
    }
    ExFreePoolWithTag(TangoBuffer, 'gnaT');
    if (NmrDeregisterClient(TangoHandle) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(TangoHandle);
    }
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    PDEVICE_OBJECT DeviceObject;
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);
    Status = IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_NETWORK, 0, TRUE, &DeviceObject);
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    Status = NmrRegisterClient(&TangoClient, NULL, &TangoHandle); // EXPECT: nmr-missing-deregister
    if (!NT_SUCCESS(Status)) {
        IoDeleteDevice(DeviceObject);
        return Status;
    }
    DriverObject->MajorFunction[IRP_MJ_READ] = TangoRead;
    DriverObject->DriverUnload = TangoUnload;
    return STATUS_SUCCESS;
}
