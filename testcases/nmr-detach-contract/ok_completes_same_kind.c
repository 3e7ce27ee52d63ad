/*
 * lagoon: client of one NPI and provider of another. Each side's pending detach is completed by the timer.
 */
#include <ntddk.h>
#include <netioddk.h>

typedef struct lagoon_side { volatile LONG used, leaving; HANDLE nmr_handle; void *other; const void *dispatch; } lagoon_side_t;

static struct { lagoon_side_t up, down; HANDLE client, provider; KTIMER timer; KDPC dpc; } lagoon;
static const USHORT lagoon_table = 1;

static const NPIID lagoon_up_npi_id = { 0x25b02de5, 0x5b29, 0x41a0, { 0x44, 0x68, 0x14, 0xd0, 0x0b, 0x6e, 0x8f, 0x76 } };
static const NPI_MODULEID lagoon_up_module_id = {
    sizeof(NPI_MODULEID), MIT_GUID,
    { { 0x5aa9ab7c, 0x6928, 0x4354, { 0xa5, 0x7f, 0x5e, 0x6c, 0x1a, 0xa6, 0xd7, 0xde } } }
};
static const NPIID lagoon_down_npi_id = { 0xe83b11ed, 0x2233, 0x4252, { 0x9a, 0x68, 0x0c, 0x5b, 0x0e, 0x96, 0x72, 0x55 } };
static const NPI_MODULEID lagoon_down_module_id = {
    sizeof(NPI_MODULEID), MIT_GUID,
    .Guid = { 0x6e936550, 0x3930, 0x4ce1, { 0xe3, 0xfe, 0x3e, 0xb3, 0xf3, 0xc0, 0x9a, 0x00 } }
};

static VOID NTAPI
lagoon_poll(PKDPC dpc, PVOID context, PVOID a, PVOID b)
{
    (void)dpc;
    (void)context;
    (void)a;
    (void)b;
    if (InterlockedExchange(&lagoon.up.leaving, 0) != 0)
        NmrClientDetachProviderComplete(lagoon.up.nmr_handle);
    if (InterlockedExchange(&lagoon.down.leaving, 0) != 0)
        NmrProviderDetachClientComplete(lagoon.down.nmr_handle);
}

static NTSTATUS NTAPI
lagoon_attach_provider(HANDLE nmr_handle, PVOID context, PNPI_REGISTRATION_INSTANCE instance)
{
    NTSTATUS status;

    (void)context;
    (void)instance;
    if (InterlockedExchange(&lagoon.up.used, 1) != 0)
        return STATUS_NOINTERFACE;
    lagoon.up.nmr_handle = nmr_handle;
    status = NmrClientAttachProvider(nmr_handle, &lagoon.up, NULL, &lagoon.up.other, &lagoon.up.dispatch);
    if (!NT_SUCCESS(status))
        InterlockedExchange(&lagoon.up.used, 0);
    return status;
}

static NTSTATUS NTAPI
lagoon_detach_provider(PVOID context)
{
    InterlockedExchange(&((lagoon_side_t *)context)->leaving, 1);
    return STATUS_PENDING;
}

static NTSTATUS NTAPI
lagoon_attach_client(HANDLE nmr_handle, PVOID context, PNPI_REGISTRATION_INSTANCE instance, PVOID client_binding,
                     const VOID *client_dispatch, PVOID *binding, const VOID **dispatch)
{
    (void)context;
    (void)instance;
    if (InterlockedExchange(&lagoon.down.used, 1) != 0)
        return STATUS_NOINTERFACE;
    lagoon.down.nmr_handle = nmr_handle;
    lagoon.down.other = client_binding;
    lagoon.down.dispatch = client_dispatch;
    *binding = &lagoon.down;
    *dispatch = &lagoon_table;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
lagoon_detach_client(PVOID binding)
{
    InterlockedExchange(&((lagoon_side_t *)binding)->leaving, 1);
    return STATUS_PENDING;
}

static VOID NTAPI
lagoon_cleanup(PVOID binding)
{
    InterlockedExchange(&((lagoon_side_t *)binding)->used, 0);
}

static const NPI_CLIENT_CHARACTERISTICS lagoon_up_characteristics = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = lagoon_attach_provider,
    .ClientDetachProvider = lagoon_detach_provider,
    .ClientCleanupBindingContext = lagoon_cleanup,
    .ClientRegistrationInstance = {
        .Size = sizeof(NPI_REGISTRATION_INSTANCE),
        .NpiId = &lagoon_up_npi_id,
        .ModuleId = &lagoon_up_module_id,
    },
};

static const NPI_PROVIDER_CHARACTERISTICS lagoon_down_characteristics = {
    .Length = sizeof(NPI_PROVIDER_CHARACTERISTICS),
    .ProviderAttachClient = lagoon_attach_client,
    .ProviderDetachClient = lagoon_detach_client,
    .ProviderCleanupBindingContext = lagoon_cleanup,
    .ProviderRegistrationInstance = {
        .Size = sizeof(NPI_REGISTRATION_INSTANCE),
        .NpiId = &lagoon_down_npi_id,
        .ModuleId = &lagoon_down_module_id,
    },
};

static void
lagoon_stop(void)
{
    if (lagoon.client != NULL) {
        if (NmrDeregisterClient(lagoon.client) == STATUS_PENDING)
            NmrWaitForClientDeregisterComplete(lagoon.client);
        lagoon.client = NULL;
    }
    if (lagoon.provider != NULL) {
        if (NmrDeregisterProvider(lagoon.provider) == STATUS_PENDING)
            NmrWaitForProviderDeregisterComplete(lagoon.provider);
        lagoon.provider = NULL;
    }
    KeCancelTimer(&lagoon.timer);
    KeFlushQueuedDpcs();
}

static VOID NTAPI
lagoon_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    lagoon_stop();
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    LARGE_INTEGER due = { .QuadPart = -1000000LL };
    NTSTATUS status;

    (void)path;
    KeInitializeTimerEx(&lagoon.timer, SynchronizationTimer);
    KeInitializeDpc(&lagoon.dpc, lagoon_poll, NULL);
    KeSetTimerEx(&lagoon.timer, due, 100, &lagoon.dpc);
    status = NmrRegisterProvider(&lagoon_down_characteristics, NULL, &lagoon.provider);
    if (NT_SUCCESS(status)) {
        status = NmrRegisterClient(&lagoon_up_characteristics, NULL, &lagoon.client);
        if (!NT_SUCCESS(status))
            lagoon.client = NULL;
    } else {
        lagoon.provider = NULL;
    }
    if (!NT_SUCCESS(status)) {
        lagoon_stop();
        return status;
    }
    driver->DriverUnload = lagoon_unload;
    return STATUS_SUCCESS;
}
