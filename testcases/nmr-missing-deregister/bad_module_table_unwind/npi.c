/* The NPI module. Defect (with driver.c): when a later module fails to start, this one is never stopped. */
#include "modules.h"

static const NPIID npi_npi = { 0x65083203, 0x0e20, 0x44c8, { 0xdb, 0xb7, 0x39, 0x9c, 0x7d, 0x50, 0x75, 0xb1 } };
static const NPI_MODULEID npi_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0x8290201f, 0x13a3, 0x4cd7, { 0x8c, 0xac, 0x02, 0x6d, 0x34, 0xd2, 0x78, 0x38 } },
};
static const ULONG npi_dispatch[2] = { 8, 1 };
static volatile LONG npi_clients;

static NTSTATUS NTAPI npi_attach(HANDLE binding, PVOID context, PNPI_REGISTRATION_INSTANCE client, PVOID client_context,
                                 const VOID *client_dispatch, PVOID *binding_context, const VOID **dispatch)
{
    (void)binding; (void)context; (void)client; (void)client_context; (void)client_dispatch;
    InterlockedIncrement(&npi_clients);
    *binding_context = NULL;
    *dispatch = npi_dispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI npi_detach(PVOID binding_context)
{
    (void)binding_context;
    InterlockedDecrement(&npi_clients);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS npi_chars = {
    .Length = sizeof(NPI_PROVIDER_CHARACTERISTICS),
    .ProviderAttachClient = npi_attach,
    .ProviderDetachClient = npi_detach,
    .ProviderRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &npi_npi, .ModuleId = &npi_module },
};

static HANDLE npi_handle;

NTSTATUS npi_start(void)
{
    return NmrRegisterProvider(&npi_chars, NULL, &npi_handle); // EXPECT: nmr-missing-deregister
}

void npi_stop(void)
{
    if (NmrDeregisterProvider(npi_handle) == STATUS_PENDING)
        NmrWaitForProviderDeregisterComplete(npi_handle);
}
