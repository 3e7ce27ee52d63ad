/*
 * The right half: a provider. Defect: its stop function is empty; the function named stop in the other file is not this
 * one's.
 * (Twin: ok_same_static_names)
 */
#include "parts.h"

static const NPIID half_npi = { 0xe1d6b57f, 0x91a7, 0x4109, { 0x8b, 0x78, 0x97, 0x51, 0x6b, 0x57, 0x1e, 0x20 } };
static const NPI_MODULEID half_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0x5e07b17a, 0xb7ec, 0x47e8, { 0x8d, 0x7d, 0x39, 0x2b, 0x13, 0xb0, 0x21, 0x1c } },
};
static const ULONG half_dispatch[2] = { 2, 0 };
static volatile LONG half_clients;

static NTSTATUS NTAPI half_attach_client(HANDLE binding, PVOID provider_context, PNPI_REGISTRATION_INSTANCE client, PVOID client_context,
                                        const VOID *client_dispatch, PVOID *binding_context, const VOID **dispatch)
{
    (void)binding; (void)provider_context; (void)client; (void)client_context; (void)client_dispatch;
    InterlockedIncrement(&half_clients);
    *binding_context = (PVOID)&half_clients;
    *dispatch = half_dispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI half_detach_client(PVOID binding_context)
{
    InterlockedDecrement((volatile LONG *)binding_context);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS half_provider = {
    .Length = sizeof(NPI_PROVIDER_CHARACTERISTICS),
    .ProviderAttachClient = half_attach_client,
    .ProviderDetachClient = half_detach_client,
    .ProviderRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &half_npi, .ModuleId = &half_module },
};

static HANDLE handle;
static BOOLEAN stopped;

static void stop(void)
{
    stopped = TRUE;
}

NTSTATUS right_start(void)
{
    return NmrRegisterProvider(&half_provider, NULL, &handle); // EXPECT: nmr-missing-deregister
}

void right_stop(void)
{
    if (!stopped)
        stop();
}
