/*
 * Good: of the two handles in the array, each goes to the functions of its kind.
 * (Twin: bad_array_index_mixed.c)
 */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD krypton_unload;

enum { KRYPTON_CLIENT, KRYPTON_PROVIDER, KRYPTON_HANDLES };

static HANDLE krypton_handles[KRYPTON_HANDLES];
static const NPIID krypton_down_npi = { 0x764d0984, 0x553a, 0x474c, { 0x8e, 0x47, 0xc9, 0x41, 0x14, 0x6c, 0x05, 0x13 } };
static const NPI_MODULEID krypton_down_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0x30c68f59, 0xca5a, 0x45ca, { 0x86, 0x79, 0x09, 0x57, 0x8c, 0xc5, 0x36, 0xfd } },
};
static const ULONG krypton_down_dispatch = 2;
static struct { PVOID context; const VOID *dispatch; } krypton_down_peer;

static NTSTATUS NTAPI krypton_down_attach(HANDLE binding, PVOID context, PNPI_REGISTRATION_INSTANCE instance)
{
    (void)context;
    (void)instance;
    return NmrClientAttachProvider(binding, &krypton_down_peer, &krypton_down_dispatch, &krypton_down_peer.context, &krypton_down_peer.dispatch);
}

static NTSTATUS NTAPI krypton_down_detach(PVOID binding_context)
{
    (void)binding_context;
    krypton_down_peer.dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS krypton_down_client = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = krypton_down_attach,
    .ClientDetachProvider = krypton_down_detach,
    .ClientRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &krypton_down_npi, .ModuleId = &krypton_down_module },
};
static const NPIID krypton_up_npi = { 0x7676ec7b, 0xc712, 0x40cb, { 0x8c, 0x37, 0x94, 0xfe, 0x4d, 0x11, 0x61, 0xde } };
static const NPI_MODULEID krypton_up_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0x31af39d1, 0xb750, 0x4496, { 0x86, 0xa6, 0xc7, 0xd8, 0xe2, 0xc0, 0xe5, 0xc5 } },
};
static const ULONG krypton_up_dispatch[2] = { 6, 0 };
static volatile LONG krypton_up_clients;

static NTSTATUS NTAPI krypton_up_attach_client(HANDLE binding, PVOID provider_context, PNPI_REGISTRATION_INSTANCE client, PVOID client_context,
                                        const VOID *client_dispatch, PVOID *binding_context, const VOID **dispatch)
{
    (void)binding; (void)provider_context; (void)client; (void)client_context; (void)client_dispatch;
    InterlockedIncrement(&krypton_up_clients);
    *binding_context = (PVOID)&krypton_up_clients;
    *dispatch = krypton_up_dispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI krypton_up_detach_client(PVOID binding_context)
{
    InterlockedDecrement((volatile LONG *)binding_context);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS krypton_up_provider = {
    .Length = sizeof(NPI_PROVIDER_CHARACTERISTICS),
    .ProviderAttachClient = krypton_up_attach_client,
    .ProviderDetachClient = krypton_up_detach_client,
    .ProviderRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &krypton_up_npi, .ModuleId = &krypton_up_module },
};

VOID NTAPI krypton_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    if (NmrDeregisterProvider(krypton_handles[KRYPTON_PROVIDER]) == STATUS_PENDING)
        NmrWaitForProviderDeregisterComplete(krypton_handles[KRYPTON_PROVIDER]);
    if (NmrDeregisterClient(krypton_handles[KRYPTON_CLIENT]) == STATUS_PENDING)
        NmrWaitForClientDeregisterComplete(krypton_handles[KRYPTON_CLIENT]);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    NTSTATUS status;

    (void)path;
    status = NmrRegisterClient(&krypton_down_client, NULL, &krypton_handles[KRYPTON_CLIENT]);
    if (!NT_SUCCESS(status))
        return status;
    status = NmrRegisterProvider(&krypton_up_provider, NULL, &krypton_handles[KRYPTON_PROVIDER]);
    if (!NT_SUCCESS(status)) {
        if (NmrDeregisterClient(krypton_handles[KRYPTON_CLIENT]) == STATUS_PENDING)
            NmrWaitForClientDeregisterComplete(krypton_handles[KRYPTON_CLIENT]);
        return status;
    }
    driver->DriverUnload = krypton_unload;
    return STATUS_SUCCESS;
}
