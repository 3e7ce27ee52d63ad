/*
 * Defect: the work item that completes a pending detach gives the registration's handle, not the binding's, to the
 * completion routine.
 */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD TulipUnload;
IO_WORKITEM_ROUTINE TulipComplete;

static struct {
    HANDLE Client;
    HANDLE Binding;
    PVOID PeerContext;
    const VOID *PeerDispatch;
    PDEVICE_OBJECT Device;
    PIO_WORKITEM Item;
} Tulip;

static const ULONG TulipDispatch = 1;
static const NPIID TulipNpiId = { 0x9a00f06e, 0xc094, 0x419e, { 0xf8, 0x0a, 0x3f, 0x0e, 0x20, 0x5f, 0xa0, 0x86 } };
static const NPI_MODULEID TulipModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x95a6f48b, 0x5cc8, 0x4c17, { 0xa9, 0x63, 0x7e, 0xd7, 0x0a, 0xda, 0xec, 0x96 } } } };

static NTSTATUS NTAPI TulipAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    Tulip.Binding = NmrBindingHandle;
    return NmrClientAttachProvider(NmrBindingHandle, &Tulip, &TulipDispatch, &Tulip.PeerContext, &Tulip.PeerDispatch);
}

VOID NTAPI TulipComplete(PDEVICE_OBJECT DeviceObject, PVOID Context)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    UNREFERENCED_PARAMETER(Context);
    NmrClientDetachProviderComplete(Tulip.Client); // EXPECT: nmr-wrong-handle
}

static NTSTATUS NTAPI TulipDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    IoQueueWorkItem(Tulip.Item, TulipComplete, DelayedWorkQueue, NULL);
    return STATUS_PENDING;
}

static const NPI_CLIENT_CHARACTERISTICS TulipChars = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), TulipAttach, TulipDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &TulipNpiId, &TulipModuleId, 0, NULL }
};

VOID NTAPI TulipUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    if (NmrDeregisterClient(Tulip.Client) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(Tulip.Client);
    }
    IoFreeWorkItem(Tulip.Item);
    IoDeleteDevice(Tulip.Device);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);
    Status = IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_NETWORK, 0, FALSE, &Tulip.Device);
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    Tulip.Item = IoAllocateWorkItem(Tulip.Device);
    if (Tulip.Item == NULL) {
        IoDeleteDevice(Tulip.Device);
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    Status = NmrRegisterClient(&TulipChars, NULL, &Tulip.Client);
    if (!NT_SUCCESS(Status)) {
        IoFreeWorkItem(Tulip.Item);
        IoDeleteDevice(Tulip.Device);
        return Status;
    }
    DriverObject->DriverUnload = TulipUnload;
    return STATUS_SUCCESS;
}
