/* gravel: the worker that ends a pending detach only completes. */
#include <ntddk.h>
#include <netioddk.h>

#define GRAVEL_TAG 'varG'

typedef struct gravel {
    EX_RUNDOWN_REF rundown;
    WORK_QUEUE_ITEM item;
    HANDLE nmr_handle;
    void *provider;
    const void *dispatch;
} gravel_t;

static HANDLE gravel_handle;
static volatile LONG gravel_count;

static const NPIID gravel_npi_id = { 0x2793c606, 0xf514, 0x4b08, { 0xd4, 0x8d, 0x14, 0xe7, 0x27, 0x23, 0x49, 0x22 } };
static const NPI_MODULEID gravel_module_id = {
    .Length = sizeof(NPI_MODULEID),
    .Type = MIT_GUID,
    .Guid = { 0xc3b5a374, 0xcbd7, 0x479e, { 0x4c, 0x9a, 0xef, 0xf1, 0x59, 0xe3, 0x53, 0xc9 } }
};

static VOID NTAPI
gravel_worker(PVOID context)
{
    gravel_t *g = context;
    HANDLE handle = g->nmr_handle;

    ExWaitForRundownProtectionRelease(&g->rundown);
    InterlockedDecrement(&gravel_count);
    NmrClientDetachProviderComplete(handle);
}

static NTSTATUS NTAPI
gravel_attach(HANDLE nmr_handle, PVOID context, PNPI_REGISTRATION_INSTANCE instance)
{
    gravel_t *g = ExAllocatePoolWithTag(NonPagedPoolNx, sizeof(*g), GRAVEL_TAG);
    NTSTATUS status;

    (void)context;
    (void)instance;
    if (g == NULL)
        return STATUS_INSUFFICIENT_RESOURCES;
    ExInitializeRundownProtection(&g->rundown);
    ExInitializeWorkItem(&g->item, gravel_worker, g);
    g->nmr_handle = nmr_handle;
    InterlockedIncrement(&gravel_count);
    status = NmrClientAttachProvider(nmr_handle, g, NULL, &g->provider, &g->dispatch);
    if (!NT_SUCCESS(status)) {
        InterlockedDecrement(&gravel_count);
        ExFreePoolWithTag(g, GRAVEL_TAG);
    }
    return status;
}

static NTSTATUS NTAPI
gravel_detach(PVOID context)
{
    gravel_t *g = context;

    ExQueueWorkItem(&g->item, DelayedWorkQueue);
    return STATUS_PENDING;
}

static VOID NTAPI
gravel_cleanup(PVOID context)
{
    ExFreePoolWithTag(context, GRAVEL_TAG);
}

static const NPI_CLIENT_CHARACTERISTICS gravel_characteristics = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = gravel_attach,
    .ClientDetachProvider = gravel_detach,
    .ClientCleanupBindingContext = gravel_cleanup,
    .ClientRegistrationInstance = {
        .Size = sizeof(NPI_REGISTRATION_INSTANCE),
        .NpiId = &gravel_npi_id,
        .ModuleId = &gravel_module_id,
    },
};

static VOID NTAPI
gravel_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    if (NmrDeregisterClient(gravel_handle) == STATUS_PENDING)
        NmrWaitForClientDeregisterComplete(gravel_handle);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    (void)path;
    driver->DriverUnload = gravel_unload;
    return NmrRegisterClient(&gravel_characteristics, NULL, &gravel_handle);
}
