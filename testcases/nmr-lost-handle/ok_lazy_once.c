/* Good: registered at the first need; later needs find the handle. */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD WaltzUnload;

static const NPIID WaltzNpiId = { 0x687a618d, 0xe975, 0x4365, { 0x0b, 0x6d, 0x1b, 0x16, 0x3f, 0x8b, 0x52, 0x1b } };
static const NPI_MODULEID WaltzModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0xd78f177c, 0x289c, 0x42cb, { 0x8e, 0xe0, 0x3b, 0x2a, 0x6e, 0x9f, 0xc7, 0xb1 } } } };
static const ULONG WaltzDispatch = 1;
static struct { PVOID Context; const VOID *Dispatch; } WaltzPeer;

static NTSTATUS NTAPI WaltzAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &WaltzPeer, &WaltzDispatch, &WaltzPeer.Context, &WaltzPeer.Dispatch);
}

static NTSTATUS NTAPI WaltzDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    WaltzPeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS WaltzClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), WaltzAttach, WaltzDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &WaltzNpiId, &WaltzModuleId, 0, NULL }
};

static HANDLE WaltzHandle;
static FAST_MUTEX WaltzMutex;

static NTSTATUS WaltzEnsure(VOID)
{
    NTSTATUS Status = STATUS_SUCCESS;
    HANDLE Handle = NULL;

    ExAcquireFastMutex(&WaltzMutex);
    Handle = WaltzHandle;
    ExReleaseFastMutex(&WaltzMutex);
    if (Handle == NULL) {
        Status = NmrRegisterClient(&WaltzClient, NULL, &Handle);
        if (NT_SUCCESS(Status)) {
            WaltzHandle = Handle;
        }
    }
    return Status;
}

static NTSTATUS NTAPI WaltzCreate(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    NTSTATUS Status = WaltzEnsure();

    UNREFERENCED_PARAMETER(DeviceObject);
    Irp->IoStatus.Status = Status;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return Status;
}

VOID NTAPI WaltzUnload(PDRIVER_OBJECT DriverObject)
{
    if (WaltzHandle != NULL) {
        if (NmrDeregisterClient(WaltzHandle) == STATUS_PENDING) {
            NmrWaitForClientDeregisterComplete(WaltzHandle);
        }
    }
    IoDeleteDevice(DriverObject->DeviceObject);
}

/* The device is exclusive: only one create at a time. */
NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    PDEVICE_OBJECT DeviceObject;

    UNREFERENCED_PARAMETER(RegistryPath);
    ExInitializeFastMutex(&WaltzMutex);
    DriverObject->MajorFunction[IRP_MJ_CREATE] = WaltzCreate;
    DriverObject->DriverUnload = WaltzUnload;
    return IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_NETWORK, 0, TRUE, &DeviceObject);
}
