/*
 * Good: the context is replaced on a request to reconfigure. The old registration is ended before the old context is
 * freed, and the new registration uses the new one; a failure leaves neither.
 */
#include <ntddk.h>
#include <netioddk.h>

#define DIPPER_TAG 'ppiD'

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD dipper_unload;

struct dipper {
    ULONG limit;
    volatile LONG clients;
};

static struct dipper *dipper_current;
static HANDLE dipper_handle;
static const ULONG dipper_dispatch[1] = { 3 };
static const NPIID dipper_npi = { 0xdb76b4e6, 0xc10f, 0x465f, { 0x88, 0xf2, 0x8d, 0x81, 0x15, 0x66, 0xfb, 0x9b } };
static const NPI_MODULEID dipper_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0x7383a548, 0xccd8, 0x40db, { 0x82, 0xa8, 0x39, 0x19, 0x77, 0x02, 0x38, 0x07 } },
};

static NTSTATUS NTAPI dipper_attach_client(HANDLE binding, PVOID provider_context, PNPI_REGISTRATION_INSTANCE client, PVOID client_context,
                                           const VOID *client_dispatch, PVOID *binding_context, const VOID **dispatch)
{
    struct dipper *d = provider_context;

    (void)binding; (void)client; (void)client_context; (void)client_dispatch;
    if ((ULONG)InterlockedIncrement(&d->clients) > d->limit) {
        InterlockedDecrement(&d->clients);
        return STATUS_NOINTERFACE;
    }
    *binding_context = d;
    *dispatch = dipper_dispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI dipper_detach_client(PVOID binding_context)
{
    InterlockedDecrement(&((struct dipper *)binding_context)->clients);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS dipper_provider = {
    .Length = sizeof(NPI_PROVIDER_CHARACTERISTICS),
    .ProviderAttachClient = dipper_attach_client,
    .ProviderDetachClient = dipper_detach_client,
    .ProviderRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &dipper_npi, .ModuleId = &dipper_module },
};

static void dipper_stop(void)
{
    if (dipper_current == NULL)
        return;
    if (NmrDeregisterProvider(dipper_handle) == STATUS_PENDING)
        NmrWaitForProviderDeregisterComplete(dipper_handle);
    ExFreePoolWithTag(dipper_current, DIPPER_TAG);
    dipper_current = NULL;
}

static NTSTATUS dipper_configure(ULONG limit)
{
    struct dipper *next = ExAllocatePoolWithTag(NonPagedPoolNx, sizeof(*next), DIPPER_TAG);
    NTSTATUS status;

    if (next == NULL)
        return STATUS_NO_MEMORY;
    next->limit = limit;
    next->clients = 0;
    dipper_stop();

    status = NmrRegisterProvider(&dipper_provider, next, &dipper_handle);
    if (!NT_SUCCESS(status)) {
        ExFreePoolWithTag(next, DIPPER_TAG);
        return status;
    }
    dipper_current = next;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI dipper_control(PDEVICE_OBJECT device, PIRP irp)
{
    NTSTATUS status;

    (void)device;
    status = dipper_configure(IoGetCurrentIrpStackLocation(irp)->Parameters.DeviceIoControl.InputBufferLength);
    irp->IoStatus.Status = status;
    irp->IoStatus.Information = 0;
    IoCompleteRequest(irp, IO_NO_INCREMENT);
    return status;
}

void NTAPI dipper_unload(PDRIVER_OBJECT driver)
{
    IoDeleteDevice(driver->DeviceObject);
    dipper_stop();
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    PDEVICE_OBJECT device;
    NTSTATUS status;

    (void)path;
    status = IoCreateDevice(driver, 0, NULL, FILE_DEVICE_NETWORK, 0, TRUE, &device);
    if (!NT_SUCCESS(status))
        return status;
    driver->MajorFunction[IRP_MJ_DEVICE_CONTROL] = dipper_control;
    driver->DriverUnload = dipper_unload;
    status = dipper_configure(8);
    if (!NT_SUCCESS(status))
        IoDeleteDevice(device);
    return status;
}
