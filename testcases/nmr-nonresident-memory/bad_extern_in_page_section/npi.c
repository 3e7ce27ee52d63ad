/*
 * Defect (with driver.c): the characteristics are defined in a pageable section; the file that registers them sees only
 * their declaration.
 * (Twin: ok_extern_in_data_section)
 */
#include "npi.h"

static const NPIID yarrow_npi = { 0x5734cd21, 0x1c1c, 0x4c51, { 0x85, 0xdb, 0x92, 0x12, 0xa6, 0x77, 0x29, 0x27 } };
static const NPI_MODULEID yarrow_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0x687e50dc, 0x87cd, 0x4b33, { 0x86, 0x68, 0x6e, 0x07, 0xd5, 0xc6, 0xdd, 0xb7 } },
};
static const ULONG yarrow_dispatch[2] = { 6, 0 };
static volatile LONG yarrow_clients;

static NTSTATUS NTAPI yarrow_attach_client(HANDLE binding, PVOID provider_context, PNPI_REGISTRATION_INSTANCE client, PVOID client_context,
                                        const VOID *client_dispatch, PVOID *binding_context, const VOID **dispatch)
{
    (void)binding; (void)provider_context; (void)client; (void)client_context; (void)client_dispatch;
    InterlockedIncrement(&yarrow_clients);
    *binding_context = (PVOID)&yarrow_clients;
    *dispatch = yarrow_dispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI yarrow_detach_client(PVOID binding_context)
{
    InterlockedDecrement((volatile LONG *)binding_context);
    return STATUS_SUCCESS;
}

#pragma data_seg("PAGE")
ULONG npi_settings[2] = { 4, 9 };
NPI_PROVIDER_CHARACTERISTICS npi_provider = {
    .Length = sizeof(NPI_PROVIDER_CHARACTERISTICS),
    .ProviderAttachClient = yarrow_attach_client,
    .ProviderDetachClient = yarrow_detach_client,
    .ProviderRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &yarrow_npi, .ModuleId = &yarrow_module },
};
#pragma data_seg()
