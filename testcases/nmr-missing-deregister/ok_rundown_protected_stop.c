/* Good: stop waits for users of the provider by rundown protection, and ends the registration once, under a mutex. */
#include <ntddk.h>
#include <netioddk.h>

#define IOCTL_RESTART CTL_CODE(FILE_DEVICE_NETWORK, 0x880, METHOD_BUFFERED, FILE_WRITE_ACCESS)

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD ReelUnload;

static const NPIID ReelNpiId = { 0x428ecfdd, 0xdc3e, 0x4048, { 0x79, 0x4a, 0xa5, 0x27, 0x28, 0x81, 0x99, 0x19 } };
static const NPI_MODULEID ReelModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0xbe683f3f, 0x3f7d, 0x483d, { 0x9b, 0x89, 0xd6, 0xaa, 0x03, 0xb5, 0xd6, 0x4b } } } };
static const ULONG ReelDispatch[2] = { 8, 1 };
static volatile LONG ReelClients;

static NTSTATUS NTAPI ReelAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext, const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    InterlockedIncrement(&ReelClients);
    *ProviderBindingContext = (PVOID)&ReelClients;
    *ProviderDispatch = ReelDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI ReelDetachClient(PVOID ProviderBindingContext)
{
    InterlockedDecrement((volatile LONG *)ProviderBindingContext);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS ReelProvider = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), ReelAttachClient, ReelDetachClient, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &ReelNpiId, &ReelModuleId, 0, NULL }
};

static struct {
    EX_RUNDOWN_REF Rundown;
    FAST_MUTEX Mutex;
    HANDLE Handle;
    ULONG Calls;
} Reel;

static VOID ReelStopLocked(VOID)
{
    if (Reel.Handle != NULL) {
        if (NmrDeregisterProvider(Reel.Handle) == STATUS_PENDING) {
            NmrWaitForProviderDeregisterComplete(Reel.Handle);
        }
        Reel.Handle = NULL;
    }
}

static NTSTATUS ReelStartLocked(VOID)
{
    NTSTATUS Status;
    HANDLE Handle;

    if (Reel.Handle != NULL) {
        return STATUS_SUCCESS;
    }
    Status = NmrRegisterProvider(&ReelProvider, NULL, &Handle);
    if (NT_SUCCESS(Status)) {
        Reel.Handle = Handle;
    }
    return Status;
}

static NTSTATUS NTAPI ReelControl(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(DeviceObject);
    if (!ExAcquireRundownProtection(&Reel.Rundown)) {
        Status = STATUS_DELETE_PENDING;
    } else {
        Reel.Calls += 1;
        Status = STATUS_INVALID_DEVICE_REQUEST;
        if (IoGetCurrentIrpStackLocation(Irp)->Parameters.DeviceIoControl.IoControlCode == IOCTL_RESTART) {
            ExAcquireFastMutex(&Reel.Mutex);
            ReelStopLocked();
            ExReleaseFastMutex(&Reel.Mutex);
            ExAcquireFastMutex(&Reel.Mutex);
            Status = Reel.Handle == NULL ? STATUS_SUCCESS : STATUS_DEVICE_BUSY;
            ExReleaseFastMutex(&Reel.Mutex);
        }
        ExReleaseRundownProtection(&Reel.Rundown);
    }
    Irp->IoStatus.Status = Status;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return Status;
}

VOID NTAPI ReelUnload(PDRIVER_OBJECT DriverObject)
{
    ExWaitForRundownProtectionRelease(&Reel.Rundown);
    ReelStopLocked();
    IoDeleteDevice(DriverObject->DeviceObject);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    PDEVICE_OBJECT DeviceObject;
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);
    ExInitializeRundownProtection(&Reel.Rundown);
    ExInitializeFastMutex(&Reel.Mutex);
    Status = IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_NETWORK, 0, FALSE, &DeviceObject);
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    Status = ReelStartLocked();
    if (!NT_SUCCESS(Status)) {
        IoDeleteDevice(DeviceObject);
        return Status;
    }
    DriverObject->MajorFunction[IRP_MJ_DEVICE_CONTROL] = ReelControl;
    DriverObject->DriverUnload = ReelUnload;
    return STATUS_SUCCESS;
}
