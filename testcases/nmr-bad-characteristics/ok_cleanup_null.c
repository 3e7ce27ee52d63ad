/*
 * Good: the cleanup callback is NULL, which is allowed; the required ones are there.
 * (Twin: bad_detach_null.c)
 */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD fern_unload;

static HANDLE fern_handle;
static NPI_PROVIDER_CHARACTERISTICS fern_provider;
static const NPIID fern_npi = { 0xf9184444, 0xbe15, 0x42f9, { 0x87, 0xf5, 0x7d, 0x4a, 0x0d, 0xb1, 0x0d, 0x05 } };
static const NPI_MODULEID fern_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0xab9656c4, 0xd28b, 0x4525, { 0x8e, 0x62, 0x79, 0xe3, 0x24, 0x15, 0x00, 0xf4 } },
};
static const ULONG fern_dispatch[2] = { 7, 0 };
static volatile LONG fern_clients;

static NTSTATUS NTAPI fern_attach_client(HANDLE binding, PVOID provider_context, PNPI_REGISTRATION_INSTANCE client, PVOID client_context,
                                        const VOID *client_dispatch, PVOID *binding_context, const VOID **dispatch)
{
    (void)binding; (void)provider_context; (void)client; (void)client_context; (void)client_dispatch;
    InterlockedIncrement(&fern_clients);
    *binding_context = (PVOID)&fern_clients;
    *dispatch = fern_dispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI fern_detach_client(PVOID binding_context)
{
    InterlockedDecrement((volatile LONG *)binding_context);
    return STATUS_SUCCESS;
}

static void fern_fill(NPI_PROVIDER_CHARACTERISTICS *p)
{
    p->Length = sizeof(*p);
    p->ProviderAttachClient = fern_attach_client;
    p->ProviderDetachClient = fern_detach_client;
    p->ProviderCleanupBindingContext = NULL;
    p->ProviderRegistrationInstance.Size = sizeof(p->ProviderRegistrationInstance);
    p->ProviderRegistrationInstance.NpiId = &fern_npi;
    p->ProviderRegistrationInstance.ModuleId = &fern_module;
}

void NTAPI fern_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    if (NmrDeregisterProvider(fern_handle) == STATUS_PENDING)
        NmrWaitForProviderDeregisterComplete(fern_handle);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    (void)path;
    fern_fill(&fern_provider);
    driver->DriverUnload = fern_unload;
    return NmrRegisterProvider(&fern_provider, NULL, &fern_handle);
}
