/*
 * Good: unload ends the registration if the flag says so that is set where the register call succeeded.
 * (Twin: bad_unload_asks_device_count.c)
 */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD dunlin_unload;

static struct {
    HANDLE handle;
    BOOLEAN registered;
    volatile LONG opens;
    PDEVICE_OBJECT device;
} dunlin;

static const NPIID dunlin_npi_npi = { 0xadd52c92, 0x30db, 0x4f97, { 0x89, 0x78, 0x3a, 0xdc, 0x27, 0x28, 0xf5, 0xab } };
static const NPI_MODULEID dunlin_npi_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0xa27a816d, 0x088f, 0x4191, { 0x84, 0x30, 0xd1, 0xec, 0xd2, 0x67, 0x34, 0x0c } },
};
static const ULONG dunlin_npi_dispatch[2] = { 8, 0 };
static volatile LONG dunlin_npi_clients;

static NTSTATUS NTAPI dunlin_npi_attach_client(HANDLE binding, PVOID provider_context, PNPI_REGISTRATION_INSTANCE client, PVOID client_context,
                                        const VOID *client_dispatch, PVOID *binding_context, const VOID **dispatch)
{
    (void)binding; (void)provider_context; (void)client; (void)client_context; (void)client_dispatch;
    InterlockedIncrement(&dunlin_npi_clients);
    *binding_context = (PVOID)&dunlin_npi_clients;
    *dispatch = dunlin_npi_dispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI dunlin_npi_detach_client(PVOID binding_context)
{
    InterlockedDecrement((volatile LONG *)binding_context);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS dunlin_npi_provider = {
    .Length = sizeof(NPI_PROVIDER_CHARACTERISTICS),
    .ProviderAttachClient = dunlin_npi_attach_client,
    .ProviderDetachClient = dunlin_npi_detach_client,
    .ProviderRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &dunlin_npi_npi, .ModuleId = &dunlin_npi_module },
};

static NTSTATUS NTAPI dunlin_create(PDEVICE_OBJECT device, PIRP irp)
{
    (void)device;
    InterlockedIncrement(&dunlin.opens);
    irp->IoStatus.Status = STATUS_SUCCESS;
    irp->IoStatus.Information = 0;
    IoCompleteRequest(irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI dunlin_close(PDEVICE_OBJECT device, PIRP irp)
{
    (void)device;
    InterlockedDecrement(&dunlin.opens);
    irp->IoStatus.Status = STATUS_SUCCESS;
    irp->IoStatus.Information = 0;
    IoCompleteRequest(irp, IO_NO_INCREMENT);
    return STATUS_SUCCESS;
}

void NTAPI dunlin_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    if (dunlin.registered) {
        NTSTATUS status = NmrDeregisterProvider(dunlin.handle);

        if (status == STATUS_PENDING)
            NmrWaitForProviderDeregisterComplete(dunlin.handle);
    }
    IoDeleteDevice(dunlin.device);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    NTSTATUS status;

    (void)path;
    status = IoCreateDevice(driver, 0, NULL, FILE_DEVICE_NETWORK, 0, FALSE, &dunlin.device);
    if (!NT_SUCCESS(status))
        return status;
    driver->MajorFunction[IRP_MJ_CREATE] = dunlin_create;
    driver->MajorFunction[IRP_MJ_CLOSE] = dunlin_close;

    status = NmrRegisterProvider(&dunlin_npi_provider, NULL, &dunlin.handle);
    if (!NT_SUCCESS(status)) {
        IoDeleteDevice(dunlin.device);
        return status;
    }
    dunlin.registered = TRUE;
    driver->DriverUnload = dunlin_unload;
    return STATUS_SUCCESS;
}
