#include "hook.h"

typedef struct hook_table { USHORT version; USHORT size; } hook_table_t;

static const hook_table_t hook_table = { 1, sizeof(hook_table_t) };

static const NPIID hook_npi_id = { 0xb68a3228, 0x51a8, 0x401a, { 0xe8, 0xbb, 0x7b, 0x19, 0x78, 0x24, 0xbc, 0x12 } };
static const NPI_MODULEID hook_module_id = {
    sizeof(NPI_MODULEID), MIT_GUID,
    { { 0xd9ba1d9c, 0x47ca, 0x45f1, { 0x85, 0xde, 0xa5, 0x89, 0x1a, 0x87, 0x76, 0x9f } } }
};

static void
hook_client_free(hook_client_t *client)
{
    if (client == NULL)
        return;
    if (client->detach_item != NULL)
        IoFreeWorkItem(client->detach_item);
    ExFreePoolWithTag(client, HOOK_TAG);
}

static NTSTATUS NTAPI
hook_attach_client(HANDLE nmr_handle, PVOID provider_context, PNPI_REGISTRATION_INSTANCE instance, PVOID client_binding,
                   const VOID *client_dispatch, PVOID *binding, const VOID **dispatch)
{
    hook_provider_t *provider = provider_context;
    const hook_client_dispatch_t *table = client_dispatch;
    hook_client_t *client = NULL;
    NTSTATUS status = STATUS_SUCCESS;
    KIRQL irql;

    *binding = NULL;
    *dispatch = NULL;
    if (table == NULL || table->version == 0 || table->invoke == NULL) {
        status = STATUS_INVALID_PARAMETER;
        goto done;
    }
    client = ExAllocatePoolUninitialized(NonPagedPoolNx, sizeof(*client), HOOK_TAG);
    if (client == NULL) {
        status = STATUS_NO_MEMORY;
        goto done;
    }
    RtlZeroMemory(client, sizeof(*client));
    client->detach_item = IoAllocateWorkItem(provider->device);
    if (client->detach_item == NULL) {
        status = STATUS_NO_MEMORY;
        goto done;
    }
    ExInitializeRundownProtection(&client->rundown);
    client->nmr_handle = nmr_handle;
    client->module = instance->ModuleId->Guid;
    client->binding = client_binding;
    client->dispatch = table;

    irql = ExAcquireSpinLockExclusive(&provider->lock);
    if (provider->count < 8) {
        InsertTailList(&provider->clients, &client->link);
        provider->count++;
    } else {
        status = STATUS_QUOTA_EXCEEDED;
    }
    ExReleaseSpinLockExclusive(&provider->lock, irql);
    if (!NT_SUCCESS(status))
        goto done;

    *binding = client;
    *dispatch = &hook_table;
    client = NULL;

done:
    hook_client_free(client);
    return status;
}

static IO_WORKITEM_ROUTINE hook_detach_worker;

static VOID NTAPI
hook_detach_worker(PDEVICE_OBJECT device, PVOID context)
{
    hook_client_t *client = context;

    UNREFERENCED_PARAMETER(device);
    if (client == NULL)
        return;
    ExWaitForRundownProtectionRelease(&client->rundown);
    NmrProviderDetachClientComplete(client->nmr_handle);
}

static hook_provider_t *hook_only;

static NTSTATUS NTAPI
hook_detach_client(PVOID binding)
{
    hook_client_t *client = binding;
    NTSTATUS status;
    KIRQL irql;

    if (client == NULL) {
        status = STATUS_INVALID_PARAMETER;
        goto done;
    }
    irql = ExAcquireSpinLockExclusive(&hook_only->lock);
    RemoveEntryList(&client->link);
    hook_only->count--;
    ExReleaseSpinLockExclusive(&hook_only->lock, irql);

    IoQueueWorkItem(client->detach_item, hook_detach_worker, DelayedWorkQueue, client);
    status = STATUS_PENDING;
done:
    return status;
}

static VOID NTAPI
hook_cleanup_client(PVOID binding)
{
    hook_client_free(binding);
}

static const NPI_PROVIDER_CHARACTERISTICS hook_characteristics = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), hook_attach_client, hook_detach_client, hook_cleanup_client,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &hook_npi_id, &hook_module_id, 0, NULL }
};

NTSTATUS
hook_provider_register(PDEVICE_OBJECT device, hook_provider_t **result)
{
    hook_provider_t *provider;
    NTSTATUS status;

    *result = NULL;
    provider = ExAllocatePoolUninitialized(NonPagedPoolNx, sizeof(*provider), HOOK_TAG);
    if (provider == NULL)
        return STATUS_NO_MEMORY;
    RtlZeroMemory(provider, sizeof(*provider));
    InitializeListHead(&provider->clients);
    provider->device = device;
    hook_only = provider;

    status = NmrRegisterProvider(&hook_characteristics, provider, &provider->nmr_handle);
    if (!NT_SUCCESS(status)) {
        hook_only = NULL;
        ExFreePoolWithTag(provider, HOOK_TAG);
        return status;
    }
    *result = provider;
    return STATUS_SUCCESS;
}

void
hook_provider_unregister(hook_provider_t *provider)
{
    NTSTATUS status;

    if (provider == NULL)
        return;
    status = NmrDeregisterProvider(provider->nmr_handle);
    if (status == STATUS_PENDING)
        NmrWaitForProviderDeregisterComplete(provider->nmr_handle);
    else
        NT_ASSERT(FALSE);
    hook_only = NULL;
    ExFreePoolWithTag(provider, HOOK_TAG);
}
