/* grotto: calls into the provider are guarded by rundown protection. A work item waits for it. */
#include <ntddk.h>
#include <netioddk.h>

#define GROTTO_TAG 'torG'

typedef struct grotto_provider { USHORT version; NTSTATUS (*echo)(void *context, ULONG value); } grotto_provider_t;

typedef struct grotto {
    EX_RUNDOWN_REF rundown;
    WORK_QUEUE_ITEM item;
    HANDLE nmr_handle;
    void *provider_context;
    const grotto_provider_t *provider;
} grotto_t;

static HANDLE grotto_handle;

static const NPIID grotto_npi_id = { 0xebf496c6, 0xb3d4, 0x4f84, { 0x6e, 0x86, 0xcb, 0x20, 0xc1, 0x07, 0xbf, 0x66 } };
static const NPI_MODULEID grotto_module_id = {
    sizeof(NPI_MODULEID), MIT_GUID,
    { { 0x5f10781e, 0x9fe9, 0x477e, { 0xf7, 0xa6, 0xeb, 0xc0, 0x34, 0xe0, 0x16, 0x1c } } }
};

__declspec(dllexport)
NTSTATUS
grotto_echo(grotto_t *g, ULONG value)
{
    NTSTATUS status;

    if (!ExAcquireRundownProtection(&g->rundown))
        return STATUS_DELETE_PENDING;
    status = g->provider->echo(g->provider_context, value);
    ExReleaseRundownProtection(&g->rundown);
    return status;
}

static void
grotto_quiesce(grotto_t *g)
{
    ExWaitForRundownProtectionRelease(&g->rundown);
    g->provider = NULL;
}

static VOID NTAPI
grotto_worker(PVOID context)
{
    grotto_t *g = context;

    grotto_quiesce(g);
    NmrClientDetachProviderComplete(g->nmr_handle);
}

static NTSTATUS NTAPI
grotto_attach(HANDLE nmr_handle, PVOID context, PNPI_REGISTRATION_INSTANCE instance)
{
    grotto_t *g = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*g), GROTTO_TAG);
    NTSTATUS status;

    (void)context;
    (void)instance;
    if (g == NULL)
        return STATUS_INSUFFICIENT_RESOURCES;
    ExInitializeRundownProtection(&g->rundown);
    ExInitializeWorkItem(&g->item, grotto_worker, g);
    g->nmr_handle = nmr_handle;
    status = NmrClientAttachProvider(nmr_handle, g, NULL, &g->provider_context, (const void **)&g->provider);
    if (!NT_SUCCESS(status))
        ExFreePoolWithTag(g, GROTTO_TAG);
    return status;
}

static NTSTATUS NTAPI
grotto_detach(PVOID context)
{
    ExQueueWorkItem(&((grotto_t *)context)->item, DelayedWorkQueue);
    return STATUS_PENDING;
}

static VOID NTAPI
grotto_cleanup(PVOID context)
{
    ExFreePoolWithTag(context, GROTTO_TAG);
}

static const NPI_CLIENT_CHARACTERISTICS grotto_characteristics = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = grotto_attach,
    .ClientDetachProvider = grotto_detach,
    .ClientCleanupBindingContext = grotto_cleanup,
    .ClientRegistrationInstance = {
        .Size = sizeof(NPI_REGISTRATION_INSTANCE),
        .NpiId = &grotto_npi_id,
        .ModuleId = &grotto_module_id,
    },
};

static VOID NTAPI
grotto_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    if (NmrDeregisterClient(grotto_handle) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(grotto_handle);
    }
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    (void)path;
    driver->DriverUnload = grotto_unload;
    return NmrRegisterClient(&grotto_characteristics, NULL, &grotto_handle);
}
