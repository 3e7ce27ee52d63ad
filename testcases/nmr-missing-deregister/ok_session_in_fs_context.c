/* Good: an object per open file, created at IRP_MJ_CREATE and destroyed at IRP_MJ_CLOSE, owns a registration. */
#include <ntddk.h>
#include <netioddk.h>

#define VIOL_TAG 'loiV'

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD ViolUnload;

static const NPIID ViolNpiId = { 0xa74dff6a, 0xcf62, 0x4aef, { 0x32, 0x57, 0x97, 0x78, 0x06, 0xb0, 0x9d, 0x8d } };
static const NPI_MODULEID ViolModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0xca51d51f, 0x3ef9, 0x4bcc, { 0x1f, 0xdc, 0x8c, 0xbe, 0xa1, 0xa6, 0x7c, 0x3f } } } };
static const ULONG ViolDispatch = 1;
static struct { PVOID Context; const VOID *Dispatch; } ViolPeer;

static NTSTATUS NTAPI ViolAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &ViolPeer, &ViolDispatch, &ViolPeer.Context, &ViolPeer.Dispatch);
}

static NTSTATUS NTAPI ViolDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    ViolPeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS ViolClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), ViolAttach, ViolDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &ViolNpiId, &ViolModuleId, 0, NULL }
};

typedef struct _VIOL {
    HANDLE Handle;
    ULONG Reads;
} VIOL, *PVIOL;

static NTSTATUS NTAPI ViolCreate(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    PFILE_OBJECT File = IoGetCurrentIrpStackLocation(Irp)->FileObject;
    NTSTATUS Status = STATUS_INSUFFICIENT_RESOURCES;
    PVIOL Viol;

    UNREFERENCED_PARAMETER(DeviceObject);
    Viol = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*Viol), VIOL_TAG);
    if (Viol != NULL) {
        Status = NmrRegisterClient(&ViolClient, Viol, &Viol->Handle);
        if (NT_SUCCESS(Status)) {
            File->FsContext = Viol;
        } else {
            ExFreePoolWithTag(Viol, VIOL_TAG);
        }
    }
    Irp->IoStatus.Status = Status;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return Status;
}

static NTSTATUS NTAPI ViolClose(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    PFILE_OBJECT File = IoGetCurrentIrpStackLocation(Irp)->FileObject;
    PVIOL Viol = File->FsContext;

    UNREFERENCED_PARAMETER(DeviceObject);
    if (NmrDeregisterClient(Viol->Handle) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(Viol->Handle);
    }
    File->FsContext = NULL;
    ExFreePoolWithTag(Viol, VIOL_TAG);
    Irp->IoStatus.Status = STATUS_SUCCESS;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

VOID NTAPI ViolUnload(PDRIVER_OBJECT DriverObject)
{
    IoDeleteDevice(DriverObject->DeviceObject);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    PDEVICE_OBJECT DeviceObject;

    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->MajorFunction[IRP_MJ_CREATE] = ViolCreate;
    DriverObject->MajorFunction[IRP_MJ_CLOSE] = ViolClose;
    DriverObject->DriverUnload = ViolUnload;
    return IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_NETWORK, 0, FALSE, &DeviceObject);
}
