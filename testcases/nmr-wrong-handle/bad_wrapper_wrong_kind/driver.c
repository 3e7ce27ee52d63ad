/*
 * Defect (with close.c): the provider is passed to npi_close as a client.
 * (Twin: ok_wrapper_by_kind)
 */
#include "close.h"

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD driver_unload;

static HANDLE client_handle, provider_handle;
static const NPIID bluethroat_npi = { 0xdb6465b5, 0xbd51, 0x470d, { 0x8b, 0xa9, 0x5f, 0x74, 0x11, 0x50, 0xff, 0x75 } };
static const NPI_MODULEID bluethroat_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0x7da9dd6e, 0x4e28, 0x444a, { 0x88, 0x47, 0x96, 0xa4, 0x49, 0x94, 0x22, 0xdf } },
};
static const ULONG bluethroat_dispatch = 4;
static struct { PVOID context; const VOID *dispatch; } bluethroat_peer;

static NTSTATUS NTAPI bluethroat_attach(HANDLE binding, PVOID context, PNPI_REGISTRATION_INSTANCE instance)
{
    (void)context;
    (void)instance;
    return NmrClientAttachProvider(binding, &bluethroat_peer, &bluethroat_dispatch, &bluethroat_peer.context, &bluethroat_peer.dispatch);
}

static NTSTATUS NTAPI bluethroat_detach(PVOID binding_context)
{
    (void)binding_context;
    bluethroat_peer.dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS bluethroat_client = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = bluethroat_attach,
    .ClientDetachProvider = bluethroat_detach,
    .ClientRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &bluethroat_npi, .ModuleId = &bluethroat_module },
};
static const NPIID redstart_npi = { 0x66b8da22, 0x20e4, 0x4b01, { 0x88, 0xa3, 0x44, 0x7d, 0x6f, 0x7d, 0xa0, 0xba } };
static const NPI_MODULEID redstart_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0x95907272, 0x9470, 0x43fd, { 0x8d, 0x0c, 0xca, 0x57, 0x66, 0x24, 0x82, 0x30 } },
};
static const ULONG redstart_dispatch[2] = { 1, 0 };
static volatile LONG redstart_clients;

static NTSTATUS NTAPI redstart_attach_client(HANDLE binding, PVOID provider_context, PNPI_REGISTRATION_INSTANCE client, PVOID client_context,
                                        const VOID *client_dispatch, PVOID *binding_context, const VOID **dispatch)
{
    (void)binding; (void)provider_context; (void)client; (void)client_context; (void)client_dispatch;
    InterlockedIncrement(&redstart_clients);
    *binding_context = (PVOID)&redstart_clients;
    *dispatch = redstart_dispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI redstart_detach_client(PVOID binding_context)
{
    InterlockedDecrement((volatile LONG *)binding_context);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS redstart_provider = {
    .Length = sizeof(NPI_PROVIDER_CHARACTERISTICS),
    .ProviderAttachClient = redstart_attach_client,
    .ProviderDetachClient = redstart_detach_client,
    .ProviderRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &redstart_npi, .ModuleId = &redstart_module },
};

void NTAPI driver_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    npi_close(NPI_CLIENT_KIND, client_handle);
    npi_close(NPI_CLIENT_KIND, provider_handle);
    NmrWaitForProviderDeregisterComplete(provider_handle);
    NmrWaitForClientDeregisterComplete(client_handle);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    NTSTATUS status;

    (void)path;
    status = NmrRegisterClient(&bluethroat_client, NULL, &client_handle);
    if (!NT_SUCCESS(status))
        return status;
    status = NmrRegisterProvider(&redstart_provider, NULL, &provider_handle);
    if (!NT_SUCCESS(status)) {
        npi_close(NPI_CLIENT_KIND, client_handle);
        NmrWaitForClientDeregisterComplete(client_handle);
        return status;
    }
    driver->DriverUnload = driver_unload;
    return STATUS_SUCCESS;
}
