/*
 * Defect: the status is overwritten by that of the next call before anything looks at it.
 * (Twin: ok_tested_before_overwrite.c)
 */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD beryl_unload;

static HANDLE beryl_handle;
static PDEVICE_OBJECT beryl_device;
static const NPIID beryl_npi = { 0x5ccfa345, 0xb4ea, 0x4daa, { 0x88, 0x23, 0xaf, 0xff, 0x9d, 0xdb, 0x3e, 0xca } };
static const NPI_MODULEID beryl_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0xeffb650c, 0x0142, 0x4cf0, { 0x82, 0x36, 0x02, 0x27, 0xc2, 0x96, 0x8f, 0xd6 } },
};
static const ULONG beryl_dispatch[2] = { 9, 0 };
static volatile LONG beryl_clients;

static NTSTATUS NTAPI beryl_attach_client(HANDLE binding, PVOID provider_context, PNPI_REGISTRATION_INSTANCE client, PVOID client_context,
                                        const VOID *client_dispatch, PVOID *binding_context, const VOID **dispatch)
{
    (void)binding; (void)provider_context; (void)client; (void)client_context; (void)client_dispatch;
    InterlockedIncrement(&beryl_clients);
    *binding_context = (PVOID)&beryl_clients;
    *dispatch = beryl_dispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI beryl_detach_client(PVOID binding_context)
{
    InterlockedDecrement((volatile LONG *)binding_context);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS beryl_provider = {
    .Length = sizeof(NPI_PROVIDER_CHARACTERISTICS),
    .ProviderAttachClient = beryl_attach_client,
    .ProviderDetachClient = beryl_detach_client,
    .ProviderRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &beryl_npi, .ModuleId = &beryl_module },
};

static void beryl_end(void)
{
    if (NmrDeregisterProvider(beryl_handle) == STATUS_PENDING)
        NmrWaitForProviderDeregisterComplete(beryl_handle);
}

void NTAPI beryl_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    IoDeleteDevice(beryl_device);
    beryl_end();
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    NTSTATUS status;

    (void)path;
    status = NmrRegisterProvider(&beryl_provider, NULL, &beryl_handle); // EXPECT: nmr-unchecked-status
    status = IoCreateDevice(driver, 0, NULL, FILE_DEVICE_NETWORK, 0, FALSE, &beryl_device);
    if (!NT_SUCCESS(status)) {
        beryl_end();
        return status;
    }
    driver->DriverUnload = beryl_unload;
    return STATUS_SUCCESS;
}
