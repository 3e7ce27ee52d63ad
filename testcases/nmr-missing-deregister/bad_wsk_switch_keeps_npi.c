/*
 * Defect: one case of the request switch returns with the provider NPI captured.
 * (Twin: ok_wsk_switch_releases_npi.c)
 */
#include <ntddk.h>
#include <wsk.h>

#define IOCTL_STILT_VERSION CTL_CODE(FILE_DEVICE_NETWORK, 0x900, METHOD_BUFFERED, FILE_ANY_ACCESS)
#define IOCTL_STILT_PING    CTL_CODE(FILE_DEVICE_NETWORK, 0x901, METHOD_BUFFERED, FILE_ANY_ACCESS)

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD StiltUnload;

static const WSK_CLIENT_DISPATCH StiltDispatch = { MAKE_WSK_VERSION(1, 0), 0, NULL };
static WSK_CLIENT_NPI StiltClient = { NULL, &StiltDispatch };
static WSK_REGISTRATION StiltRegistration;

static NTSTATUS StiltRequest(ULONG Code, PULONG Answer)
{
    WSK_PROVIDER_NPI Npi;
    NTSTATUS Status;

    Status = WskCaptureProviderNPI(&StiltRegistration, WSK_INFINITE_WAIT, &Npi); // EXPECT: nmr-missing-deregister
    if (!NT_SUCCESS(Status)) {
        return Status;
    }

    switch (Code) {
    case IOCTL_STILT_VERSION:
        *Answer = Npi.Dispatch->Version;
        break;
    case IOCTL_STILT_PING:
        *Answer = 0;
        break;
    default:
        return STATUS_INVALID_DEVICE_REQUEST;
    }

    WskReleaseProviderNPI(&StiltRegistration);
    return Status;
}

static NTSTATUS NTAPI StiltControl(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    PIO_STACK_LOCATION Stack = IoGetCurrentIrpStackLocation(Irp);
    ULONG Answer = 0;
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(DeviceObject);
    Status = StiltRequest(Stack->Parameters.DeviceIoControl.IoControlCode, &Answer);
    Irp->IoStatus.Status = Status;
    Irp->IoStatus.Information = NT_SUCCESS(Status) ? Answer : 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return Status;
}

VOID NTAPI StiltUnload(PDRIVER_OBJECT DriverObject)
{
    IoDeleteDevice(DriverObject->DeviceObject);
    WskDeregister(&StiltRegistration);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    PDEVICE_OBJECT DeviceObject;
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);
    Status = WskRegister(&StiltClient, &StiltRegistration);
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    Status = IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_NETWORK, 0, FALSE, &DeviceObject);
    if (!NT_SUCCESS(Status)) {
        WskDeregister(&StiltRegistration);
        return Status;
    }
    DriverObject->MajorFunction[IRP_MJ_DEVICE_CONTROL] = StiltControl;
    DriverObject->DriverUnload = StiltUnload;
    return STATUS_SUCCESS;
}
