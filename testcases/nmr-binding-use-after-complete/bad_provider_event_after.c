/*
 * forge: a provider that counts its clients' calls. The timer completes the pending detach and then counts it in the client's state.
 */
#include <ntddk.h>
#include <netioddk.h>

#define FORGE_TAG 'groF'

typedef struct forge_client {
    KTIMER timer;
    KDPC dpc;
    HANDLE nmr_handle;
    volatile LONG calls;
    volatile LONG detaching;
    volatile LONG finished;
} forge_client_t;

typedef struct forge_dispatch {
    USHORT version;
    NTSTATUS (*begin)(void *binding);
    void (*end)(void *binding);
} forge_dispatch_t;

static HANDLE forge_handle;

static const NPIID forge_npi_id = { 0x3e60460c, 0xb4f9, 0x429d, { 0xd2, 0xa6, 0xc5, 0x63, 0x93, 0x8b, 0x0a, 0xae } };
static const NPI_MODULEID forge_module_id = {
    sizeof(NPI_MODULEID), MIT_GUID,
    { { 0x8637b83f, 0x3a4a, 0x446c, { 0xdc, 0x0b, 0x77, 0xd8, 0xcd, 0x02, 0x98, 0xd0 } } }
};

static NTSTATUS
forge_begin(void *binding)
{
    forge_client_t *client = binding;

    if (client->detaching)
        return STATUS_DELETE_PENDING;
    InterlockedIncrement(&client->calls);
    return STATUS_SUCCESS;
}

static void
forge_end(void *binding)
{
    forge_client_t *client = binding;

    InterlockedDecrement(&client->calls);
}

static const forge_dispatch_t forge_table = { 1, forge_begin, forge_end };

static VOID NTAPI
forge_poll(PKDPC dpc, PVOID context, PVOID a, PVOID b)
{
    forge_client_t *client = context;
    LARGE_INTEGER due = { .QuadPart = -100000LL };

    (void)dpc;
    (void)a;
    (void)b;
    if (client->calls != 0) {
        KeSetTimer(&client->timer, due, &client->dpc);
        return;
    }
    NmrProviderDetachClientComplete(client->nmr_handle);
    InterlockedIncrement(&client->finished); // EXPECT: nmr-binding-use-after-complete
}

static NTSTATUS NTAPI
forge_attach(HANDLE nmr_handle, PVOID context, PNPI_REGISTRATION_INSTANCE instance, PVOID client_binding,
             const VOID *client_dispatch, PVOID *binding, const VOID **dispatch)
{
    forge_client_t *client = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*client), FORGE_TAG);

    (void)context;
    (void)instance;
    (void)client_binding;
    (void)client_dispatch;
    if (client == NULL)
        return STATUS_INSUFFICIENT_RESOURCES;
    client->nmr_handle = nmr_handle;
    KeInitializeTimer(&client->timer);
    KeInitializeDpc(&client->dpc, forge_poll, client);
    *binding = client;
    *dispatch = &forge_table;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
forge_detach(PVOID binding)
{
    forge_client_t *client = binding;
    LARGE_INTEGER due = { .QuadPart = -100000LL };

    InterlockedExchange(&client->detaching, 1);
    KeSetTimer(&client->timer, due, &client->dpc);
    return STATUS_PENDING;
}

static VOID NTAPI
forge_cleanup(PVOID binding)
{
    ExFreePoolWithTag(binding, FORGE_TAG);
}

static const NPI_PROVIDER_CHARACTERISTICS forge_characteristics = {
    .Length = sizeof(NPI_PROVIDER_CHARACTERISTICS),
    .ProviderAttachClient = forge_attach,
    .ProviderDetachClient = forge_detach,
    .ProviderCleanupBindingContext = forge_cleanup,
    .ProviderRegistrationInstance = {
        .Size = sizeof(NPI_REGISTRATION_INSTANCE),
        .NpiId = &forge_npi_id,
        .ModuleId = &forge_module_id,
    },
};

static VOID NTAPI
forge_unload(PDRIVER_OBJECT driver)
{
    NTSTATUS status;

    (void)driver;
    status = NmrDeregisterProvider(forge_handle);
    NT_ASSERT(status == STATUS_PENDING);
    if (status == STATUS_PENDING) {
        NmrWaitForProviderDeregisterComplete(forge_handle);
    }
    KeFlushQueuedDpcs();
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    (void)path;
    driver->DriverUnload = forge_unload;
    return NmrRegisterProvider(&forge_characteristics, NULL, &forge_handle);
}
