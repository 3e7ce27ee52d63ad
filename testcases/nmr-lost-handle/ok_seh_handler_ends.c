/* Good: the exception handler ends what was registered. */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD BanjoUnload;

static const NPIID BanjoNpiId = { 0x51a13496, 0x1061, 0x4ea1, { 0xc3, 0x87, 0xcb, 0x6a, 0x6c, 0x12, 0xd8, 0xbc } };
static const NPI_MODULEID BanjoModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x04c1356e, 0x5b52, 0x4b58, { 0xbf, 0xa1, 0xf9, 0x91, 0x1a, 0xdf, 0x62, 0x16 } } } };
static const ULONG BanjoDispatch = 1;
static struct { PVOID Context; const VOID *Dispatch; } BanjoPeer;

static NTSTATUS NTAPI BanjoAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &BanjoPeer, &BanjoDispatch, &BanjoPeer.Context, &BanjoPeer.Dispatch);
}

static NTSTATUS NTAPI BanjoDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    BanjoPeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS BanjoClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), BanjoAttach, BanjoDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &BanjoNpiId, &BanjoModuleId, 0, NULL }
};

static HANDLE BanjoHandle;

static NTSTATUS BanjoOpen(PULONG UserGeneration, ULONG Generation)
{
    HANDLE Handle = NULL;
    NTSTATUS Status;

    if (BanjoHandle != NULL) {
        return STATUS_DEVICE_BUSY;
    }
    __try {
        Status = NmrRegisterClient(&BanjoClient, NULL, &Handle);
        if (!NT_SUCCESS(Status)) {
            Handle = NULL;
            __leave;
        }
        ProbeForWrite(UserGeneration, sizeof(ULONG), sizeof(ULONG));
        *UserGeneration = Generation;
        BanjoHandle = Handle;
        Handle = NULL;
    } __except (EXCEPTION_EXECUTE_HANDLER) {
        Status = GetExceptionCode();
    }
    if (Handle != NULL) {
        if (NmrDeregisterClient(Handle) == STATUS_PENDING) {
            NmrWaitForClientDeregisterComplete(Handle);
        }
    }
    return Status;
}

static NTSTATUS NTAPI BanjoControl(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    NTSTATUS Status = BanjoOpen(Irp->UserBuffer, 3);

    UNREFERENCED_PARAMETER(DeviceObject);
    Irp->IoStatus.Status = Status;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return Status;
}

VOID NTAPI BanjoUnload(PDRIVER_OBJECT DriverObject)
{
    if (BanjoHandle != NULL && NmrDeregisterClient(BanjoHandle) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(BanjoHandle);
    }
    IoDeleteDevice(DriverObject->DeviceObject);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    PDEVICE_OBJECT DeviceObject;

    UNREFERENCED_PARAMETER(RegistryPath);
    DriverObject->MajorFunction[IRP_MJ_DEVICE_CONTROL] = BanjoControl;
    DriverObject->DriverUnload = BanjoUnload;
    return IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_NETWORK, 0, TRUE, &DeviceObject);
}
