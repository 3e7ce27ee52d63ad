/*
 * Defect: the NPI is captured at start; the request that goes offline releases it for good but leaves the flag that
 * unload looks at.
 */
#include <ntddk.h>
#include <wsk.h>

#define IOCTL_OFFLINE CTL_CODE(FILE_DEVICE_NETWORK, 0x850, METHOD_BUFFERED, FILE_WRITE_ACCESS)

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD DarterUnload;

static const WSK_CLIENT_DISPATCH DarterDispatch = { MAKE_WSK_VERSION(1, 0), 0, NULL };

static struct {
    WSK_REGISTRATION Registration;
    WSK_PROVIDER_NPI Npi;
    BOOLEAN Captured;
    BOOLEAN Online;
} Darter;

static NTSTATUS NTAPI DarterControl(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    NTSTATUS Status = STATUS_INVALID_DEVICE_REQUEST;

    UNREFERENCED_PARAMETER(DeviceObject);
    if (IoGetCurrentIrpStackLocation(Irp)->Parameters.DeviceIoControl.IoControlCode == IOCTL_OFFLINE) {
        if (Darter.Online) {
            Darter.Online = FALSE;
            WskReleaseProviderNPI(&Darter.Registration);
        }
        Status = STATUS_SUCCESS;
    }
    Irp->IoStatus.Status = Status;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return Status;
}

VOID NTAPI DarterUnload(PDRIVER_OBJECT DriverObject)
{
    if (Darter.Captured) {
        WskReleaseProviderNPI(&Darter.Registration); // EXPECT: nmr-double-deregister
    }
    WskDeregister(&Darter.Registration);
    IoDeleteDevice(DriverObject->DeviceObject);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    WSK_CLIENT_NPI ClientNpi = { NULL, &DarterDispatch };
    PDEVICE_OBJECT DeviceObject;
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);
    Status = WskRegister(&ClientNpi, &Darter.Registration);
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    Status = WskCaptureProviderNPI(&Darter.Registration, WSK_INFINITE_WAIT, &Darter.Npi);
    if (!NT_SUCCESS(Status)) {
        WskDeregister(&Darter.Registration);
        return Status;
    }
    Darter.Captured = TRUE;
    Darter.Online = TRUE;
    Status = IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_NETWORK, 0, FALSE, &DeviceObject);
    if (!NT_SUCCESS(Status)) {
        WskReleaseProviderNPI(&Darter.Registration);
        WskDeregister(&Darter.Registration);
        return Status;
    }
    DriverObject->MajorFunction[IRP_MJ_DEVICE_CONTROL] = DarterControl;
    DriverObject->DriverUnload = DarterUnload;
    return STATUS_SUCCESS;
}
