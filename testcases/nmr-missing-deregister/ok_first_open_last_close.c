/*
 * The first open registers, the last close ends it, so at unload, which comes after the last close, nothing is left.
 * (Twin: bad_first_open_last_close.c)
 */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD SulfurUnload;

static FAST_MUTEX SulfurMutex;
static ULONG SulfurOpens;
static HANDLE SulfurHandle;
static UNICODE_STRING SulfurName = RTL_CONSTANT_STRING(L"\\Device\\Sulfur");
static const NPIID SulfurNpiId = { 0x7e567018, 0x2d44, 0x40f4, { 0x8b, 0x7a, 0x26, 0x0d, 0xe3, 0xe8, 0xb7, 0x64 } };
static const NPI_MODULEID SulfurModuleId = {
    sizeof(NPI_MODULEID), MIT_GUID, { { 0x17251be7, 0xf850, 0x496f, { 0x8a, 0xee, 0x7c, 0xed, 0x32, 0x2d, 0x94, 0x2f } } }
};
static const ULONG SulfurDispatch = 3;
static struct { PVOID Context; const VOID *Dispatch; } SulfurPeer;

static NTSTATUS NTAPI SulfurAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &SulfurPeer, &SulfurDispatch, &SulfurPeer.Context, &SulfurPeer.Dispatch);
}

static NTSTATUS NTAPI SulfurDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    SulfurPeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS SulfurClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), SulfurAttach, SulfurDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &SulfurNpiId, &SulfurModuleId, 0, NULL }
};

static NTSTATUS SulfurComplete(PIRP Irp, NTSTATUS Status)
{
    Irp->IoStatus.Status = Status;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return Status;
}

static NTSTATUS NTAPI SulfurCreate(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    NTSTATUS Status = STATUS_SUCCESS;
    HANDLE Handle;

    UNREFERENCED_PARAMETER(DeviceObject);
    KeEnterCriticalRegion();
    ExAcquireFastMutexUnsafe(&SulfurMutex);
    if (SulfurHandle == NULL) {
        Status = NmrRegisterClient(&SulfurClient, NULL, &Handle);
        if (NT_SUCCESS(Status)) {
            SulfurHandle = Handle;
        }
    }
    if (NT_SUCCESS(Status)) {
        SulfurOpens += 1;
    }
    ExReleaseFastMutexUnsafe(&SulfurMutex);
    KeLeaveCriticalRegion();
    return SulfurComplete(Irp, Status);
}

static NTSTATUS NTAPI SulfurClose(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    KeEnterCriticalRegion();
    ExAcquireFastMutexUnsafe(&SulfurMutex);
    SulfurOpens -= 1;
    if (SulfurOpens == 0) {
        if (NmrDeregisterClient(SulfurHandle) == STATUS_PENDING) {
            NmrWaitForClientDeregisterComplete(SulfurHandle);
        }
        SulfurHandle = NULL;
    }
    ExReleaseFastMutexUnsafe(&SulfurMutex);
    KeLeaveCriticalRegion();
    return SulfurComplete(Irp, STATUS_SUCCESS);
}

VOID NTAPI SulfurUnload(PDRIVER_OBJECT DriverObject)
{
    IoDeleteDevice(DriverObject->DeviceObject);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    PDEVICE_OBJECT DeviceObject;
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);
    ExInitializeFastMutex(&SulfurMutex);
    Status = IoCreateDevice(DriverObject, 0, &SulfurName, FILE_DEVICE_NETWORK, 0, FALSE, &DeviceObject);
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    DriverObject->MajorFunction[IRP_MJ_CREATE] = SulfurCreate;
    DriverObject->MajorFunction[IRP_MJ_CLOSE] = SulfurClose;
    DriverObject->DriverUnload = SulfurUnload;
    return STATUS_SUCCESS;
}
