/* Good: the release stands in the termination handler, guarded by the status of the capture. */
#include <ntddk.h>
#include <wsk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD bream_unload;

static const WSK_CLIENT_DISPATCH bream_dispatch = { MAKE_WSK_VERSION(1, 0), 0, NULL };
static WSK_REGISTRATION bream_registration;

static NTSTATUS bream_version_to_user(PVOID user_buffer)
{
    WSK_PROVIDER_NPI npi;
    NTSTATUS status = STATUS_UNSUCCESSFUL, capture_status;

    capture_status = WskCaptureProviderNPI(&bream_registration, 1000, &npi);
    __try {
        if (!NT_SUCCESS(capture_status)) {
            status = capture_status;
            __leave;
        }
        __try {
            ProbeForWrite(user_buffer, sizeof(USHORT), sizeof(USHORT));
            *(USHORT *)user_buffer = npi.Dispatch->Version;
            status = STATUS_SUCCESS;
        } __except (EXCEPTION_EXECUTE_HANDLER) {
            status = GetExceptionCode();
        }
    } __finally {
        if (NT_SUCCESS(capture_status))
            WskReleaseProviderNPI(&bream_registration);
    }
    return status;
}

static NTSTATUS NTAPI bream_control(PDEVICE_OBJECT device, PIRP irp)
{
    NTSTATUS status = bream_version_to_user(irp->UserBuffer);

    (void)device;
    irp->IoStatus.Status = status;
    irp->IoStatus.Information = 0;
    IoCompleteRequest(irp, IO_NO_INCREMENT);
    return status;
}

void NTAPI bream_unload(PDRIVER_OBJECT driver)
{
    IoDeleteDevice(driver->DeviceObject);
    WskDeregister(&bream_registration);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    WSK_CLIENT_NPI client = { NULL, &bream_dispatch };
    PDEVICE_OBJECT device;
    NTSTATUS status;

    (void)path;
    status = WskRegister(&client, &bream_registration);
    if (!NT_SUCCESS(status))
        return status;
    status = IoCreateDevice(driver, 0, NULL, FILE_DEVICE_NETWORK, 0, FALSE, &device);
    if (!NT_SUCCESS(status)) {
        WskDeregister(&bream_registration);
        return status;
    }
    driver->MajorFunction[IRP_MJ_DEVICE_CONTROL] = bream_control;
    driver->DriverUnload = bream_unload;
    return STATUS_SUCCESS;
}
