/* Defect: the work item that the detach callback queues is allocated when the client is already registered. */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD ReedUnload;
IO_WORKITEM_ROUTINE ReedComplete;

static struct {
    HANDLE Client;
    HANDLE Binding;
    PVOID PeerContext;
    const VOID *PeerDispatch;
    PDEVICE_OBJECT Device;
    PIO_WORKITEM Item;
} Reed;

static const ULONG ReedDispatch = 1;
static const NPIID ReedNpiId = { 0x5f04cfaf, 0x269f, 0x4a89, { 0xe3, 0xbf, 0x0a, 0x84, 0x38, 0x3e, 0xe9, 0xcf } };
static const NPI_MODULEID ReedModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x35ad1faa, 0x2086, 0x43ea, { 0xf8, 0xa9, 0x37, 0xdd, 0x1e, 0xac, 0x46, 0xcb } } } };

static NTSTATUS NTAPI ReedAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    Reed.Binding = NmrBindingHandle;
    return NmrClientAttachProvider(NmrBindingHandle, &Reed, &ReedDispatch, &Reed.PeerContext, &Reed.PeerDispatch);
}

VOID NTAPI ReedComplete(PDEVICE_OBJECT DeviceObject, PVOID Context)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    UNREFERENCED_PARAMETER(Context);
    NmrClientDetachProviderComplete(Reed.Binding);
}

static NTSTATUS NTAPI ReedDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    IoQueueWorkItem(Reed.Item, ReedComplete, DelayedWorkQueue, NULL);
    return STATUS_PENDING;
}

static const NPI_CLIENT_CHARACTERISTICS ReedChars = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), ReedAttach, ReedDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &ReedNpiId, &ReedModuleId, 0, NULL }
};

static VOID ReedEnd(VOID)
{
    if (NmrDeregisterClient(Reed.Client) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(Reed.Client);
    }
}

VOID NTAPI ReedUnload(PDRIVER_OBJECT DriverObject)
{
    UNREFERENCED_PARAMETER(DriverObject);
    ReedEnd();
    IoFreeWorkItem(Reed.Item);
    IoDeleteDevice(Reed.Device);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);
    Status = IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_NETWORK, 0, FALSE, &Reed.Device);
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    Status = NmrRegisterClient(&ReedChars, NULL, &Reed.Client);
    if (!NT_SUCCESS(Status)) {
        IoDeleteDevice(Reed.Device);
        return Status;
    }
    Reed.Item = IoAllocateWorkItem(Reed.Device); // EXPECT: nmr-register-before-init
    if (Reed.Item == NULL) {
        ReedEnd();
        IoDeleteDevice(Reed.Device);
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    DriverObject->DriverUnload = ReedUnload;
    return STATUS_SUCCESS;
}
