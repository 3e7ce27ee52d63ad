/*
 * Good: the registration is made by a run-once routine; unload ends it if that has run with success.
 */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD umber_unload;

static RTL_RUN_ONCE umber_once = RTL_RUN_ONCE_INIT;
static HANDLE umber_handle;
static BOOLEAN umber_registered;
static const NPIID umber_npi = { 0x3b8124ce, 0x6c17, 0x4a62, { 0x88, 0xcb, 0x5e, 0x7c, 0x7a, 0xbe, 0xa4, 0x27 } };
static const NPI_MODULEID umber_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0xd83e798e, 0xe5f1, 0x496a, { 0x8d, 0xde, 0x6a, 0x6b, 0xb7, 0x01, 0xc1, 0x5f } },
};
static const ULONG umber_dispatch[2] = { 2, 0 };
static volatile LONG umber_clients;

static NTSTATUS NTAPI umber_attach_client(HANDLE binding, PVOID provider_context, PNPI_REGISTRATION_INSTANCE client, PVOID client_context,
                                        const VOID *client_dispatch, PVOID *binding_context, const VOID **dispatch)
{
    (void)binding; (void)provider_context; (void)client; (void)client_context; (void)client_dispatch;
    InterlockedIncrement(&umber_clients);
    *binding_context = (PVOID)&umber_clients;
    *dispatch = umber_dispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI umber_detach_client(PVOID binding_context)
{
    InterlockedDecrement((volatile LONG *)binding_context);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS umber_provider = {
    .Length = sizeof(NPI_PROVIDER_CHARACTERISTICS),
    .ProviderAttachClient = umber_attach_client,
    .ProviderDetachClient = umber_detach_client,
    .ProviderRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &umber_npi, .ModuleId = &umber_module },
};

static ULONG NTAPI umber_initialize(PRTL_RUN_ONCE once, PVOID parameter, PVOID *context)
{
    (void)once; (void)parameter; (void)context;
    umber_registered = NT_SUCCESS(NmrRegisterProvider(&umber_provider, NULL, &umber_handle));
    return umber_registered;
}

static NTSTATUS NTAPI umber_read(PDEVICE_OBJECT device, PIRP irp)
{
    NTSTATUS status;

    (void)device;
    status = RtlRunOnceExecuteOnce(&umber_once, umber_initialize, NULL, NULL);
    irp->IoStatus.Status = status;
    irp->IoStatus.Information = 0;
    IoCompleteRequest(irp, IO_NO_INCREMENT);
    return status;
}

void NTAPI umber_unload(PDRIVER_OBJECT driver)
{
    IoDeleteDevice(driver->DeviceObject);
    if (umber_registered && NmrDeregisterProvider(umber_handle) == STATUS_PENDING)
        NmrWaitForProviderDeregisterComplete(umber_handle);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    PDEVICE_OBJECT device;
    NTSTATUS status;

    (void)path;
    status = IoCreateDevice(driver, 0, NULL, FILE_DEVICE_NETWORK, 0, FALSE, &device);
    if (!NT_SUCCESS(status))
        return status;
    driver->MajorFunction[IRP_MJ_READ] = umber_read;
    driver->DriverUnload = umber_unload;
    return STATUS_SUCCESS;
}
