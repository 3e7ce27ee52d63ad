/* Defect: an exception in the guarded block skips the release; the handler returns. */
#include <ntddk.h>
#include <wsk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD tench_unload;

static const WSK_CLIENT_DISPATCH tench_dispatch = { MAKE_WSK_VERSION(1, 0), 0, NULL };
static WSK_REGISTRATION tench_registration;

static NTSTATUS tench_version_to_user(PVOID user_buffer)
{
    WSK_PROVIDER_NPI npi;
    NTSTATUS status;

    status = WskCaptureProviderNPI(&tench_registration, 1000, &npi); // EXPECT: nmr-missing-deregister
    if (!NT_SUCCESS(status))
        return status;
    __try {
        ProbeForWrite(user_buffer, sizeof(USHORT), sizeof(USHORT));
        *(USHORT *)user_buffer = npi.Dispatch->Version;
    } __except (EXCEPTION_EXECUTE_HANDLER) {
        return GetExceptionCode();
    }
    WskReleaseProviderNPI(&tench_registration);
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI tench_control(PDEVICE_OBJECT device, PIRP irp)
{
    NTSTATUS status = tench_version_to_user(irp->UserBuffer);

    (void)device;
    irp->IoStatus.Status = status;
    irp->IoStatus.Information = 0;
    IoCompleteRequest(irp, IO_NO_INCREMENT);
    return status;
}

void NTAPI tench_unload(PDRIVER_OBJECT driver)
{
    IoDeleteDevice(driver->DeviceObject);
    WskDeregister(&tench_registration);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    WSK_CLIENT_NPI client = { NULL, &tench_dispatch };
    PDEVICE_OBJECT device;
    NTSTATUS status;

    (void)path;
    status = WskRegister(&client, &tench_registration);
    if (!NT_SUCCESS(status))
        return status;
    status = IoCreateDevice(driver, 0, NULL, FILE_DEVICE_NETWORK, 0, FALSE, &device);
    if (!NT_SUCCESS(status)) {
        WskDeregister(&tench_registration);
        return status;
    }
    driver->MajorFunction[IRP_MJ_DEVICE_CONTROL] = tench_control;
    driver->DriverUnload = tench_unload;
    return STATUS_SUCCESS;
}
