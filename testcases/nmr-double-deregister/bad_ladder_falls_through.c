/* Defect: the success path of the restart function falls into the failure label. */
#include <ntddk.h>
#include <netioddk.h>

#define IOCTL_MAGPIE_RESTART CTL_CODE(FILE_DEVICE_NETWORK, 0x841, METHOD_BUFFERED, FILE_WRITE_ACCESS)

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD MagpieUnload;

static const NPIID MagpieNpiId = { 0xdb937bf0, 0xe456, 0x41bc, { 0x90, 0xc1, 0xb9, 0xd1, 0x63, 0xdd, 0x48, 0x75 } };
static const NPI_MODULEID MagpieModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x6078ae4e, 0xdecf, 0x41ac, { 0xda, 0x68, 0xa7, 0x19, 0xda, 0xa7, 0x52, 0xf4 } } } };
static const ULONG MagpieDispatch = 1;
static struct { PVOID Context; const VOID *Dispatch; } MagpiePeer;

static NTSTATUS NTAPI MagpieAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &MagpiePeer, &MagpieDispatch, &MagpiePeer.Context, &MagpiePeer.Dispatch);
}

static NTSTATUS NTAPI MagpieDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    MagpiePeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS MagpieClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), MagpieAttach, MagpieDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &MagpieNpiId, &MagpieModuleId, 0, NULL }
};

static NTSTATUS MagpieSelfTest(VOID)
{
    LARGE_INTEGER Delay;
    HANDLE Handle;
    NTSTATUS Status;

    Status = NmrRegisterClient(&MagpieClient, NULL, &Handle);
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    Delay.QuadPart = -10 * 1000 * 500;
    Status = KeDelayExecutionThread(KernelMode, FALSE, &Delay);
    if (Status != STATUS_SUCCESS) {
        goto End;
    }
    if (MagpiePeer.Dispatch == NULL) {
        Status = STATUS_NOT_FOUND;
    }
    if (NmrDeregisterClient(Handle) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(Handle);
    }
End:
    if (NmrDeregisterClient(Handle) == STATUS_PENDING) { // EXPECT: nmr-double-deregister
        NmrWaitForClientDeregisterComplete(Handle);
    }
    return Status;
}

static NTSTATUS NTAPI MagpieControl(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    NTSTATUS Status = MagpieSelfTest();

    UNREFERENCED_PARAMETER(DeviceObject);
    Irp->IoStatus.Status = Status;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return Status;
}

VOID NTAPI MagpieUnload(PDRIVER_OBJECT DriverObject)
{
    IoDeleteDevice(DriverObject->DeviceObject);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    PDEVICE_OBJECT DeviceObject;

    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->MajorFunction[IRP_MJ_DEVICE_CONTROL] = MagpieControl;
    DriverObject->DriverUnload = MagpieUnload;
    return IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_NETWORK, 0, FALSE, &DeviceObject);
}
