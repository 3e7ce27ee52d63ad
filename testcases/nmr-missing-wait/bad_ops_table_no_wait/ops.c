/* Defect: the end operation starts the deregistration and returns; driver.c has no wait either. */
#include "ops.h"

static const NPIID up_npi = { 0x46c48bec, 0x0d28, 0x4201, { 0xb9, 0xd1, 0x67, 0xee, 0xf7, 0x71, 0x1b, 0x2c } };
static const NPI_MODULEID up_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0x287aefcf, 0x7af1, 0x4a0d, { 0x9b, 0xc7, 0xc9, 0x14, 0xa0, 0x08, 0x04, 0xb1 } },
};
static const ULONG up_dispatch[2] = { 8, 1 };
static volatile LONG up_clients;

static NTSTATUS NTAPI up_attach(HANDLE binding, PVOID context, PNPI_REGISTRATION_INSTANCE client, PVOID client_context,
                                 const VOID *client_dispatch, PVOID *binding_context, const VOID **dispatch)
{
    (void)binding; (void)context; (void)client; (void)client_context; (void)client_dispatch;
    InterlockedIncrement(&up_clients);
    *binding_context = NULL;
    *dispatch = up_dispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI up_detach(PVOID binding_context)
{
    (void)binding_context;
    InterlockedDecrement(&up_clients);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS up_chars = {
    .Length = sizeof(NPI_PROVIDER_CHARACTERISTICS),
    .ProviderAttachClient = up_attach,
    .ProviderDetachClient = up_detach,
    .ProviderRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &up_npi, .ModuleId = &up_module },
};

static NTSTATUS provider_begin(PHANDLE handle)
{
    return NmrRegisterProvider(&up_chars, NULL, handle);
}

static void provider_end(HANDLE handle)
{
    NTSTATUS status = NmrDeregisterProvider(handle); // EXPECT: nmr-missing-wait

    NT_ASSERT(NT_SUCCESS(status));
    UNREFERENCED_PARAMETER(status);
}

const npi_ops_t provider_ops = { provider_begin, provider_end };
