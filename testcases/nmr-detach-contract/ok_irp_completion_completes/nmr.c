#include "rill.h"

static const USHORT rill_table = 1;
static HANDLE rill_handle;

static const NPIID rill_npi_id = { 0x43d261e9, 0x4dbf, 0x4724, { 0xf8, 0x8f, 0x1d, 0xf9, 0xb5, 0xbc, 0x37, 0xf2 } };
static const NPI_MODULEID rill_module_id = {
    sizeof(NPI_MODULEID), MIT_GUID,
    { { 0xd687b735, 0x7796, 0x4181, { 0xbe, 0xf6, 0xda, 0x83, 0x8e, 0x91, 0xef, 0x03 } } }
};

void
rill_done(rill_t *r)
{
    if (InterlockedDecrement(&r->in_flight) == 0)
        NmrProviderDetachClientComplete(r->nmr_handle);
}

static NTSTATUS NTAPI
rill_attach(HANDLE nmr_handle, PVOID context, PNPI_REGISTRATION_INSTANCE instance, PVOID client_binding,
            const VOID *client_dispatch, PVOID *binding, const VOID **dispatch)
{
    (void)context;
    (void)instance;
    if (InterlockedExchange(&rill.used, 1) != 0)
        return STATUS_NOINTERFACE;
    rill.nmr_handle = nmr_handle;
    rill.client = client_binding;
    rill.client_dispatch = client_dispatch;
    rill.in_flight = 1;
    *binding = &rill;
    *dispatch = &rill_table;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
rill_detach(PVOID binding)
{
    rill_t *r = binding;

    return InterlockedDecrement(&r->in_flight) == 0 ? STATUS_SUCCESS : STATUS_PENDING;
}

static VOID NTAPI
rill_cleanup(PVOID binding)
{
    InterlockedExchange(&((rill_t *)binding)->used, 0);
}

static const NPI_PROVIDER_CHARACTERISTICS rill_characteristics = {
    .Length = sizeof(NPI_PROVIDER_CHARACTERISTICS),
    .ProviderAttachClient = rill_attach,
    .ProviderDetachClient = rill_detach,
    .ProviderCleanupBindingContext = rill_cleanup,
    .ProviderRegistrationInstance = {
        .Size = sizeof(NPI_REGISTRATION_INSTANCE),
        .NpiId = &rill_npi_id,
        .ModuleId = &rill_module_id,
    },
};

NTSTATUS
rill_register(void)
{
    return NmrRegisterProvider(&rill_characteristics, NULL, &rill_handle);
}

void
rill_deregister(void)
{
    if (NmrDeregisterProvider(rill_handle) == STATUS_PENDING)
        NmrWaitForProviderDeregisterComplete(rill_handle);
}
