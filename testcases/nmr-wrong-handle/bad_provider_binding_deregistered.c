/* Defect: a provider drops one client by deregistering the binding handle that it got in the attach callback. */
#include <ntddk.h>
#include <netioddk.h>

#define ASTER_TAG 'retA'

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD aster_unload;

static struct {
    HANDLE provider;
    HANDLE last_binding;
    volatile LONG clients;
} aster;

static const ULONG aster_dispatch[1] = { 4 };
static const NPIID aster_npi = { 0x0cd340f8, 0x348c, 0x4c82, { 0x20, 0x6c, 0xc7, 0xf8, 0x88, 0xdd, 0x43, 0xb7 } };
static const NPI_MODULEID aster_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0xa8ede8b8, 0x3a65, 0x4bc4, { 0x94, 0x97, 0xc5, 0x16, 0xa8, 0x7c, 0x70, 0xb8 } },
};

static NTSTATUS NTAPI aster_attach(HANDLE binding, PVOID context, PNPI_REGISTRATION_INSTANCE client, PVOID client_context,
                                   const VOID *client_dispatch, PVOID *binding_context, const VOID **dispatch)
{
    (void)context; (void)client; (void)client_context; (void)client_dispatch;
    InterlockedIncrement(&aster.clients);
    aster.last_binding = binding;
    *binding_context = NULL;
    *dispatch = aster_dispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI aster_detach(PVOID binding_context)
{
    (void)binding_context;
    InterlockedDecrement(&aster.clients);
    aster.last_binding = NULL;
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS aster_chars = {
    .Length = sizeof(NPI_PROVIDER_CHARACTERISTICS),
    .ProviderAttachClient = aster_attach,
    .ProviderDetachClient = aster_detach,
    .ProviderRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &aster_npi, .ModuleId = &aster_module },
};

static NTSTATUS NTAPI aster_control(PDEVICE_OBJECT device, PIRP irp)
{
    NTSTATUS status = STATUS_NOT_FOUND;

    (void)device;
    if (aster.last_binding != NULL)
        status = NmrDeregisterProvider(aster.last_binding); // EXPECT: nmr-wrong-handle
    if (status == STATUS_PENDING)
        status = STATUS_SUCCESS;
    irp->IoStatus.Status = status;
    irp->IoStatus.Information = 0;
    IoCompleteRequest(irp, IO_NO_INCREMENT);
    return status;
}

void NTAPI aster_unload(PDRIVER_OBJECT driver)
{
    if (NmrDeregisterProvider(aster.provider) == STATUS_PENDING)
        NmrWaitForProviderDeregisterComplete(aster.provider);
    IoDeleteDevice(driver->DeviceObject);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    PDEVICE_OBJECT device;
    NTSTATUS status;

    (void)path;
    status = IoCreateDevice(driver, 0, NULL, FILE_DEVICE_NETWORK, 0, FALSE, &device);
    if (!NT_SUCCESS(status))
        return status;
    status = NmrRegisterProvider(&aster_chars, NULL, &aster.provider);
    if (!NT_SUCCESS(status)) {
        IoDeleteDevice(device);
        return status;
    }
    driver->MajorFunction[IRP_MJ_DEVICE_CONTROL] = aster_control;
    driver->DriverUnload = aster_unload;
    return STATUS_SUCCESS;
}
