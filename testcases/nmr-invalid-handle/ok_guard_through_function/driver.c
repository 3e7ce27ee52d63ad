/* Good: the cleanup asks a table of component states, kept in another file. */
#include "state.h"

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD driver_unload;

static const NPIID jig_down_npi = { 0x7b504f86, 0x08e0, 0x4a25, { 0x19, 0x90, 0xba, 0x19, 0x08, 0x5a, 0xb8, 0x17 } };
static const NPI_MODULEID jig_down_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0x0fa3fc59, 0xbf8d, 0x4b08, { 0x08, 0x24, 0x9f, 0x52, 0x62, 0xb9, 0xf0, 0x2d } },
};
static const ULONG jig_down_dispatch = 1;
static struct { PVOID context; const VOID *dispatch; } jig_down_peer;

static NTSTATUS NTAPI jig_down_attach(HANDLE binding, PVOID context, PNPI_REGISTRATION_INSTANCE provider)
{
    (void)context;
    (void)provider;
    return NmrClientAttachProvider(binding, &jig_down_peer, &jig_down_dispatch, &jig_down_peer.context, &jig_down_peer.dispatch);
}

static NTSTATUS NTAPI jig_down_detach(PVOID binding_context)
{
    (void)binding_context;
    jig_down_peer.dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS jig_down_chars = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = jig_down_attach,
    .ClientDetachProvider = jig_down_detach,
    .ClientRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &jig_down_npi, .ModuleId = &jig_down_module },
};
static const NPIID jig_up_npi = { 0x0d3ebef5, 0x470b, 0x42c2, { 0x24, 0x3c, 0xaa, 0x53, 0x1c, 0x8f, 0x71, 0x15 } };
static const NPI_MODULEID jig_up_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0x3a6be75a, 0xf497, 0x48e7, { 0x06, 0xe6, 0x17, 0x3f, 0xde, 0x7e, 0xbf, 0x51 } },
};
static const ULONG jig_up_dispatch[2] = { 8, 1 };
static volatile LONG jig_up_clients;

static NTSTATUS NTAPI jig_up_attach(HANDLE binding, PVOID context, PNPI_REGISTRATION_INSTANCE client, PVOID client_context,
                                 const VOID *client_dispatch, PVOID *binding_context, const VOID **dispatch)
{
    (void)binding; (void)context; (void)client; (void)client_context; (void)client_dispatch;
    InterlockedIncrement(&jig_up_clients);
    *binding_context = NULL;
    *dispatch = jig_up_dispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI jig_up_detach(PVOID binding_context)
{
    (void)binding_context;
    InterlockedDecrement(&jig_up_clients);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS jig_up_chars = {
    .Length = sizeof(NPI_PROVIDER_CHARACTERISTICS),
    .ProviderAttachClient = jig_up_attach,
    .ProviderDetachClient = jig_up_detach,
    .ProviderRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &jig_up_npi, .ModuleId = &jig_up_module },
};

static HANDLE client_handle, provider_handle;
static PDEVICE_OBJECT device;

static void cleanup(void)
{
    if (state_is_up(COMPONENT_PROVIDER)) {
        if (NmrDeregisterProvider(provider_handle) == STATUS_PENDING)
            NmrWaitForProviderDeregisterComplete(provider_handle);
        state_set(COMPONENT_PROVIDER, FALSE);
    }
    if (state_is_up(COMPONENT_CLIENT)) {
        if (NmrDeregisterClient(client_handle) == STATUS_PENDING)
            NmrWaitForClientDeregisterComplete(client_handle);
        state_set(COMPONENT_CLIENT, FALSE);
    }
    if (state_is_up(COMPONENT_DEVICE)) {
        IoDeleteDevice(device);
        state_set(COMPONENT_DEVICE, FALSE);
    }
}

void NTAPI driver_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    cleanup();
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    NTSTATUS status;

    (void)path;
    status = IoCreateDevice(driver, 0, NULL, FILE_DEVICE_NETWORK, 0, FALSE, &device);
    if (!NT_SUCCESS(status))
        goto fail;
    state_set(COMPONENT_DEVICE, TRUE);
    status = NmrRegisterClient(&jig_down_chars, NULL, &client_handle);
    if (!NT_SUCCESS(status))
        goto fail;
    state_set(COMPONENT_CLIENT, TRUE);
    status = NmrRegisterProvider(&jig_up_chars, NULL, &provider_handle);
    if (!NT_SUCCESS(status))
        goto fail;
    state_set(COMPONENT_PROVIDER, TRUE);
    driver->DriverUnload = driver_unload;
    return STATUS_SUCCESS;

fail:
    cleanup();
    return status;
}
