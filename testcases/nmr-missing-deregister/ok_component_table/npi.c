/* The NPI. */
#include "component.h"

static HANDLE turnstone_handle;
static const NPIID turnstone_npi = { 0xe5e2b2d6, 0xfc09, 0x4a2e, { 0x83, 0xfa, 0x6d, 0x91, 0x49, 0xa2, 0x24, 0x57 } };
static const NPI_MODULEID turnstone_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0xc4376d10, 0x8155, 0x4fc0, { 0x8a, 0xe5, 0xa0, 0x92, 0xa2, 0x57, 0x5b, 0x99 } },
};
static const ULONG turnstone_dispatch[2] = { 3, 0 };
static volatile LONG turnstone_clients;

static NTSTATUS NTAPI turnstone_attach_client(HANDLE binding, PVOID provider_context, PNPI_REGISTRATION_INSTANCE client, PVOID client_context,
                                        const VOID *client_dispatch, PVOID *binding_context, const VOID **dispatch)
{
    (void)binding; (void)provider_context; (void)client; (void)client_context; (void)client_dispatch;
    InterlockedIncrement(&turnstone_clients);
    *binding_context = (PVOID)&turnstone_clients;
    *dispatch = turnstone_dispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI turnstone_detach_client(PVOID binding_context)
{
    InterlockedDecrement((volatile LONG *)binding_context);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS turnstone_provider = {
    .Length = sizeof(NPI_PROVIDER_CHARACTERISTICS),
    .ProviderAttachClient = turnstone_attach_client,
    .ProviderDetachClient = turnstone_detach_client,
    .ProviderRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &turnstone_npi, .ModuleId = &turnstone_module },
};

NTSTATUS npi_start(PDRIVER_OBJECT driver)
{
    (void)driver;
    return NmrRegisterProvider(&turnstone_provider, NULL, &turnstone_handle);
}

void npi_stop(void)
{
    if (NmrDeregisterProvider(turnstone_handle) == STATUS_PENDING)
        NmrWaitForProviderDeregisterComplete(turnstone_handle);
}
