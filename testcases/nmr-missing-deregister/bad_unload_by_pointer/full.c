/*
 * The personality that offers an NPI. Defect: its unload routine is the quiet one's, which ends nothing.
 * (Twin: ok_unload_by_pointer)
 */
#include "personality.h"

DRIVER_UNLOAD full_unload;

static HANDLE onyx_handle;
static const NPIID onyx_npi = { 0x63d1f0a3, 0xdcf3, 0x4faa, { 0x88, 0xac, 0xd5, 0x3a, 0xbb, 0x61, 0xe9, 0x6e } };
static const NPI_MODULEID onyx_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0x7dacdc5e, 0xb8bc, 0x4deb, { 0x8b, 0x85, 0xfc, 0xa5, 0xa7, 0x61, 0x67, 0xc1 } },
};
static const ULONG onyx_dispatch[2] = { 2, 0 };
static volatile LONG onyx_clients;

static NTSTATUS NTAPI onyx_attach_client(HANDLE binding, PVOID provider_context, PNPI_REGISTRATION_INSTANCE client, PVOID client_context,
                                        const VOID *client_dispatch, PVOID *binding_context, const VOID **dispatch)
{
    (void)binding; (void)provider_context; (void)client; (void)client_context; (void)client_dispatch;
    InterlockedIncrement(&onyx_clients);
    *binding_context = (PVOID)&onyx_clients;
    *dispatch = onyx_dispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI onyx_detach_client(PVOID binding_context)
{
    InterlockedDecrement((volatile LONG *)binding_context);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS onyx_provider = {
    .Length = sizeof(NPI_PROVIDER_CHARACTERISTICS),
    .ProviderAttachClient = onyx_attach_client,
    .ProviderDetachClient = onyx_detach_client,
    .ProviderRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &onyx_npi, .ModuleId = &onyx_module },
};

static NTSTATUS full_enter(void)
{
    return NmrRegisterProvider(&onyx_provider, NULL, &onyx_handle); // EXPECT: nmr-missing-deregister
}

VOID NTAPI full_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    DbgPrintEx(DPFLTR_IHVDRIVER_ID, DPFLTR_INFO_LEVEL, "onyx: handle %p\n", onyx_handle);
}

const struct personality personality_full = { full_enter, full_unload };
