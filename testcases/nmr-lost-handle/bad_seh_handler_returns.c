/* Defect: an exception in the copy to the caller's buffer leaves the frame that holds the only handle. */
#include <ntddk.h>
#include <netioddk.h>

#define IOCTL_OPEN_NPI CTL_CODE(FILE_DEVICE_NETWORK, 0x8a0, METHOD_NEITHER, FILE_WRITE_ACCESS)

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD ZitherUnload;

static const NPIID ZitherNpiId = { 0xcdc6526b, 0xaefd, 0x420d, { 0xb1, 0xdb, 0x33, 0x22, 0x16, 0xbb, 0x2e, 0xeb } };
static const NPI_MODULEID ZitherModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0xe4493203, 0xf299, 0x439f, { 0x4b, 0x31, 0xc7, 0xa4, 0xb7, 0xcf, 0x3b, 0x42 } } } };
static const ULONG ZitherDispatch = 1;
static struct { PVOID Context; const VOID *Dispatch; } ZitherPeer;

static NTSTATUS NTAPI ZitherAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &ZitherPeer, &ZitherDispatch, &ZitherPeer.Context, &ZitherPeer.Dispatch);
}

static NTSTATUS NTAPI ZitherDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    ZitherPeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS ZitherClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), ZitherAttach, ZitherDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &ZitherNpiId, &ZitherModuleId, 0, NULL }
};

static HANDLE ZitherHandle;

static NTSTATUS ZitherOpen(PULONG UserGeneration, ULONG Generation)
{
    HANDLE Handle;
    NTSTATUS Status;

    if (ZitherHandle != NULL) {
        return STATUS_DEVICE_BUSY;
    }
    Status = NmrRegisterClient(&ZitherClient, NULL, &Handle); // EXPECT: nmr-lost-handle
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    __try {
        ProbeForWrite(UserGeneration, sizeof(ULONG), sizeof(ULONG));
        *UserGeneration = Generation;
    } __except (EXCEPTION_EXECUTE_HANDLER) {
        Status = GetExceptionCode();
        return Status;
    }
    ZitherHandle = Handle;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI ZitherControl(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    NTSTATUS Status = STATUS_INVALID_DEVICE_REQUEST;

    UNREFERENCED_PARAMETER(DeviceObject);
    if (IoGetCurrentIrpStackLocation(Irp)->Parameters.DeviceIoControl.IoControlCode == IOCTL_OPEN_NPI) {
        Status = ZitherOpen(Irp->UserBuffer, 3);
    }
    Irp->IoStatus.Status = Status;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return Status;
}

VOID NTAPI ZitherUnload(PDRIVER_OBJECT DriverObject)
{
    if (ZitherHandle != NULL && NmrDeregisterClient(ZitherHandle) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(ZitherHandle);
    }
    IoDeleteDevice(DriverObject->DeviceObject);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    PDEVICE_OBJECT DeviceObject;

    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->MajorFunction[IRP_MJ_DEVICE_CONTROL] = ZitherControl;
    DriverObject->DriverUnload = ZitherUnload;
    return IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_NETWORK, 0, TRUE, &DeviceObject);
}
