/* Good: the stop request, which can come once, starts the end; unload starts it if it has not come, and waits. */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD LemmingUnload;

static const NPIID LemmingNpiId = { 0x06b1a9fb, 0x74b3, 0x4f87, { 0x96, 0x0b, 0x11, 0xa3, 0xa9, 0x69, 0xe9, 0x0e } };
static const NPI_MODULEID LemmingModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0xc6aa9af3, 0x08dc, 0x4e6a, { 0x64, 0xee, 0x9a, 0xfe, 0x75, 0x17, 0xb0, 0x66 } } } };
static const ULONG LemmingDispatch = 1;
static struct { PVOID Context; const VOID *Dispatch; } LemmingPeer;

static NTSTATUS NTAPI LemmingAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &LemmingPeer, &LemmingDispatch, &LemmingPeer.Context, &LemmingPeer.Dispatch);
}

static NTSTATUS NTAPI LemmingDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    LemmingPeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS LemmingClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), LemmingAttach, LemmingDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &LemmingNpiId, &LemmingModuleId, 0, NULL }
};

static HANDLE LemmingHandle;
static volatile LONG LemmingStopped;

static VOID LemmingBeginStop(VOID)
{
    if (InterlockedExchange(&LemmingStopped, 1) == 0) {
        NT_VERIFY(NmrDeregisterClient(LemmingHandle) == STATUS_PENDING);
    }
}

static NTSTATUS NTAPI LemmingCleanup(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    LemmingBeginStop();
    Irp->IoStatus.Status = STATUS_SUCCESS;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

VOID NTAPI LemmingUnload(PDRIVER_OBJECT DriverObject)
{
    LemmingBeginStop();
    NmrWaitForClientDeregisterComplete(LemmingHandle);
    IoDeleteDevice(DriverObject->DeviceObject);
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
    Status = NmrRegisterClient(&LemmingClient, NULL, &LemmingHandle);
    if (!NT_SUCCESS(Status)) {
        IoDeleteDevice(DeviceObject);
        return Status;
    }
    DriverObject->MajorFunction[IRP_MJ_CLEANUP] = LemmingCleanup;
    DriverObject->DriverUnload = LemmingUnload;
    return STATUS_SUCCESS;
}
