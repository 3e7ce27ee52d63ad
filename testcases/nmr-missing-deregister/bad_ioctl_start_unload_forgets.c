/*
 * Defect: a START request registers and a STOP request ends it, but nobody has to send STOP: unload does not look.
 * (Twin: ok_ioctl_start_unload_stops.c)
 */
#include <ntddk.h>
#include <netioddk.h>

#define IOCTL_CURLEW_START CTL_CODE(FILE_DEVICE_NETWORK, 0x820, METHOD_NEITHER, FILE_ANY_ACCESS)
#define IOCTL_CURLEW_STOP  CTL_CODE(FILE_DEVICE_NETWORK, 0x821, METHOD_NEITHER, FILE_ANY_ACCESS)

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD CurlewUnload;

static HANDLE CurlewHandle;
static const NPIID CurlewNpiId = { 0x6efc973b, 0x4a78, 0x445b, { 0x89, 0x92, 0x24, 0xa4, 0xc1, 0xc1, 0xfe, 0x7f } };
static const NPI_MODULEID CurlewModuleId = {
    sizeof(NPI_MODULEID), MIT_GUID, { { 0x1d238cfc, 0xcc1d, 0x440b, { 0x89, 0x2e, 0x98, 0xe4, 0x66, 0xa8, 0x37, 0x1f } } }
};
static const ULONG CurlewDispatch = 6;
static struct { PVOID Context; const VOID *Dispatch; } CurlewPeer;

static NTSTATUS NTAPI CurlewAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &CurlewPeer, &CurlewDispatch, &CurlewPeer.Context, &CurlewPeer.Dispatch);
}

static NTSTATUS NTAPI CurlewDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    CurlewPeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS CurlewClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), CurlewAttach, CurlewDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &CurlewNpiId, &CurlewModuleId, 0, NULL }
};

static NTSTATUS CurlewStart(VOID)
{
    NTSTATUS Status;

    if (CurlewHandle != NULL) {
        return STATUS_ALREADY_REGISTERED;
    }
    Status = NmrRegisterClient(&CurlewClient, NULL, &CurlewHandle); // EXPECT: nmr-missing-deregister
    if (!NT_SUCCESS(Status)) {
        CurlewHandle = NULL;
    }
    return Status;
}

static VOID CurlewStop(VOID)
{
    if (CurlewHandle != NULL) {
        if (NmrDeregisterClient(CurlewHandle) == STATUS_PENDING) {
            NmrWaitForClientDeregisterComplete(CurlewHandle);
        }
        CurlewHandle = NULL;
    }
}

static NTSTATUS NTAPI CurlewControl(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    NTSTATUS Status = STATUS_SUCCESS;

    UNREFERENCED_PARAMETER(DeviceObject);
    switch (IoGetCurrentIrpStackLocation(Irp)->Parameters.DeviceIoControl.IoControlCode) {
    case IOCTL_CURLEW_START:
        Status = CurlewStart();
        break;
    case IOCTL_CURLEW_STOP:
        CurlewStop();
        break;
    default:
        Status = STATUS_INVALID_DEVICE_REQUEST;
        break;
    }
    Irp->IoStatus.Status = Status;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return Status;
}

VOID NTAPI CurlewUnload(PDRIVER_OBJECT DriverObject)
{
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
    DriverObject->MajorFunction[IRP_MJ_DEVICE_CONTROL] = CurlewControl;
    DriverObject->DriverUnload = CurlewUnload;
    return STATUS_SUCCESS;
}
