/* Good: each open captures and each close releases; the file object remembers whether it did. */
#include <ntddk.h>
#include <wsk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD IbisUnload;

static const WSK_CLIENT_DISPATCH IbisDispatch = { MAKE_WSK_VERSION(1, 0), 0, NULL };

static WSK_REGISTRATION IbisRegistration;

static NTSTATUS NTAPI IbisCreateClose(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    PIO_STACK_LOCATION Stack = IoGetCurrentIrpStackLocation(Irp);
    WSK_PROVIDER_NPI Npi;
    NTSTATUS Status = STATUS_SUCCESS;

    UNREFERENCED_PARAMETER(DeviceObject);
    if (Stack->MajorFunction == IRP_MJ_CREATE) {
        Status = WskCaptureProviderNPI(&IbisRegistration, 2000, &Npi);
        if (NT_SUCCESS(Status)) {
            Stack->FileObject->FsContext = &IbisRegistration;
        }
    } else if (Stack->FileObject->FsContext != NULL) {
        Stack->FileObject->FsContext = NULL;
        WskReleaseProviderNPI(&IbisRegistration);
    }
    Irp->IoStatus.Status = Status;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return Status;
}

VOID NTAPI IbisUnload(PDRIVER_OBJECT DriverObject)
{
    WskDeregister(&IbisRegistration);
    IoDeleteDevice(DriverObject->DeviceObject);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING RegistryPath)
{
    WSK_CLIENT_NPI ClientNpi = { NULL, &IbisDispatch };
    PDEVICE_OBJECT DeviceObject;
    NTSTATUS Status;

    UNREFERENCED_PARAMETER(RegistryPath);
    Status = WskRegister(&ClientNpi, &IbisRegistration);
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    Status = IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_NETWORK, 0, FALSE, &DeviceObject);
    if (!NT_SUCCESS(Status)) {
        WskDeregister(&IbisRegistration);
        return Status;
    }
    DriverObject->MajorFunction[IRP_MJ_CREATE] = IbisCreateClose;
    DriverObject->MajorFunction[IRP_MJ_CLOSE] = IbisCreateClose;
    DriverObject->DriverUnload = IbisUnload;
    return STATUS_SUCCESS;
}
