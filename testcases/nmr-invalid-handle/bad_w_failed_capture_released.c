/* Defect: the exit label releases the NPI whether or not the capture succeeded. */
#include <ntddk.h>
#include <wsk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD yew_unload;

static const WSK_CLIENT_DISPATCH yew_dispatch = { MAKE_WSK_VERSION(1, 0), 0, NULL };
static WSK_REGISTRATION yew_registration;

static NTSTATUS yew_version(PUSHORT version)
{
    WSK_PROVIDER_NPI npi;
    NTSTATUS status;

    status = WskCaptureProviderNPI(&yew_registration, 1000, &npi);
    if (!NT_SUCCESS(status))
        goto out;
    *version = npi.Dispatch->Version;
out:
    WskReleaseProviderNPI(&yew_registration); // EXPECT: nmr-invalid-handle
    return status;
}

static NTSTATUS NTAPI yew_read(PDEVICE_OBJECT device, PIRP irp)
{
    USHORT version = 0;
    NTSTATUS status = yew_version(&version);

    (void)device;
    irp->IoStatus.Status = status;
    irp->IoStatus.Information = version;
    IoCompleteRequest(irp, IO_NO_INCREMENT);
    return status;
}

void NTAPI yew_unload(PDRIVER_OBJECT driver)
{
    WskDeregister(&yew_registration);
    IoDeleteDevice(driver->DeviceObject);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    WSK_CLIENT_NPI client = { NULL, &yew_dispatch };
    PDEVICE_OBJECT device;
    NTSTATUS status;

    (void)path;
    status = WskRegister(&client, &yew_registration);
    if (!NT_SUCCESS(status))
        return status;
    status = IoCreateDevice(driver, 0, NULL, FILE_DEVICE_NETWORK, 0, FALSE, &device);
    if (!NT_SUCCESS(status)) {
        WskDeregister(&yew_registration);
        return status;
    }
    driver->MajorFunction[IRP_MJ_READ] = yew_read;
    driver->DriverUnload = yew_unload;
    return STATUS_SUCCESS;
}
