/*
 * Defect: a request stops the WSK client and leaves the flag set; unload, or a second request, deregisters again.
 * (Twin: ok_wsk_deregister_flag.c)
 */
#include <ntddk.h>
#include <wsk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD WillowUnload;

static const WSK_CLIENT_DISPATCH WillowDispatch = { MAKE_WSK_VERSION(1, 0), 0, NULL };
static WSK_CLIENT_NPI WillowClient = { NULL, &WillowDispatch };
static WSK_REGISTRATION WillowRegistration;
static BOOLEAN WillowUp;

static VOID WillowStop(VOID)
{
    if (WillowUp) {
        WskDeregister(&WillowRegistration); // EXPECT: nmr-double-deregister
    }
}

static NTSTATUS NTAPI WillowControl(PDEVICE_OBJECT DeviceObject, PIRP Irp)
{
    UNREFERENCED_PARAMETER(DeviceObject);
    WillowStop();
    Irp->IoStatus.Status = STATUS_SUCCESS;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

VOID NTAPI WillowUnload(PDRIVER_OBJECT DriverObject)
{
    WillowStop();
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
    Status = WskRegister(&WillowClient, &WillowRegistration);
    if (!NT_SUCCESS(Status)) {
        IoDeleteDevice(DeviceObject);
        return Status;
    }
    WillowUp = TRUE;
    DriverObject->MajorFunction[IRP_MJ_DEVICE_CONTROL] = WillowControl;
    DriverObject->DriverUnload = WillowUnload;
    return STATUS_SUCCESS;
}
