/*
 * Good: the driver's global object is zeroed before the registration.
 * (Twin: bad_zeroed_after_register.c)
 */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD egret_unload;

static struct {
    ULONG level;
    HANDLE handle;
    LARGE_INTEGER started;
} egret;

static const NPIID egret_npi_npi = { 0x262bb988, 0xd30c, 0x4359, { 0x87, 0xdf, 0xfa, 0xa3, 0xf4, 0x87, 0xa7, 0x7f } };
static const NPI_MODULEID egret_npi_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0x7511fc8b, 0xd959, 0x4e60, { 0x8e, 0x74, 0x0b, 0xc8, 0x6f, 0xfc, 0x21, 0x79 } },
};
static const ULONG egret_npi_dispatch[2] = { 4, 0 };
static volatile LONG egret_npi_clients;

static NTSTATUS NTAPI egret_npi_attach_client(HANDLE binding, PVOID provider_context, PNPI_REGISTRATION_INSTANCE client, PVOID client_context,
                                        const VOID *client_dispatch, PVOID *binding_context, const VOID **dispatch)
{
    (void)binding; (void)provider_context; (void)client; (void)client_context; (void)client_dispatch;
    InterlockedIncrement(&egret_npi_clients);
    *binding_context = (PVOID)&egret_npi_clients;
    *dispatch = egret_npi_dispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI egret_npi_detach_client(PVOID binding_context)
{
    InterlockedDecrement((volatile LONG *)binding_context);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS egret_npi_provider = {
    .Length = sizeof(NPI_PROVIDER_CHARACTERISTICS),
    .ProviderAttachClient = egret_npi_attach_client,
    .ProviderDetachClient = egret_npi_detach_client,
    .ProviderRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &egret_npi_npi, .ModuleId = &egret_npi_module },
};

void NTAPI egret_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    if (egret.handle) {
        if (NmrDeregisterProvider(egret.handle) == STATUS_PENDING)
            NmrWaitForProviderDeregisterComplete(egret.handle);
    }
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    NTSTATUS status;

    (void)path;
    RtlZeroMemory(&egret, sizeof(egret));
    status = NmrRegisterProvider(&egret_npi_provider, NULL, &egret.handle);
    if (!NT_SUCCESS(status))
        return status;

    KeQuerySystemTime(&egret.started);
    egret.level = 2;
    driver->DriverUnload = egret_unload;
    return STATUS_SUCCESS;
}
