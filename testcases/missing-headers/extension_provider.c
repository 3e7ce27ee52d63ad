// An extension driver: NMR provider whose result type, dispatch tables and tracing come from generated headers that are
// not there.
// FUNCTIONS: 13
#define INITGUID
#include <ntddk.h>
#include <wdm.h>
#include <netioddk.h>
#include "ext_api.h"
#include "ext_generated_structs.h"
#include "ext_tracelog.h"
#include "ext_provider.tmh"

#define EXT_TAG 'txeE'

typedef struct _ext_provider {
    NPI_PROVIDER_CHARACTERISTICS characteristics;
    HANDLE nmr_handle;
    _Guarded_by_(lock) LIST_ENTRY clients;
    EX_PUSH_LOCK lock;
    ext_attach_provider_data_t attach_data;
    volatile long reference_count;
} ext_provider_t;

typedef struct _ext_client {
    LIST_ENTRY entry;
    HANDLE binding;
    GUID module_id;
    const ext_extension_dispatch_t *dispatch;
    const ext_extension_data_t *data;
    ext_program_invoke_fn invoke;
    struct _ext_provider *provider;
} ext_client_t;

static ext_provider_t *_ext_provider = NULL;

static ext_helper_prototype_t _ext_helpers[] = {
    { EXT_HELPER_HEADER, 65537, "ext_get_pid", EXT_RETURN_TYPE_INTEGER, { EXT_ARGUMENT_TYPE_PTR_TO_CTX } },
    { .header = EXT_HELPER_HEADER, .id = 2, .name = "ext_lookup", .return_type = EXT_RETURN_TYPE_INTEGER },
};

static const ext_program_info_t _ext_info = {
    .header = { .version = EXT_INFO_VERSION, .size = sizeof(ext_program_info_t) },
    .count = ARRAYSIZE(_ext_helpers),
    .helpers = _ext_helpers,
};

_Must_inspect_result_ static ext_result_t
_ext_validate(_In_ const ext_attach_provider_data_t *attach, _Outptr_ ext_program_info_t **info)
{
    ext_result_t result = EXT_SUCCESS;

    EXT_LOG_ENTRY();
    if (attach->supported_program_type == NULL || attach->size < EXT_OFFSET_OF(ext_attach_provider_data_t, link_type)) {
        EXT_LOG_MESSAGE(EXT_TRACELOG_LEVEL_ERROR, EXT_TRACELOG_KEYWORD_BASE, "bad data");
        result = EXT_INVALID_ARGUMENT;
        goto Exit;
    }
    if (ext_duplicate_program_info(&_ext_info, info) != EXT_SUCCESS) {
        result = EXT_NO_MEMORY;
        goto Exit;
    }
    (*info)->program_type_descriptor.name = "x";

Exit:
    EXT_RETURN_RESULT(result);
}

static void
_ext_reference(_Inout_ ext_provider_t *provider)
{
    InterlockedIncrement(&provider->reference_count);
}

static _Requires_lock_not_held_(provider->lock) void _ext_release(_Inout_ ext_provider_t *provider)
{
    if (InterlockedDecrement(&provider->reference_count) == 0) {
        ext_free(provider->attach_data.buffer);
        ExFreePoolWithTag(provider, EXT_TAG);
    }
}

NTSTATUS
ext_provider_attach_client(
    _In_ HANDLE nmr_binding_handle, _In_ const void *provider_context,
    _In_ const NPI_REGISTRATION_INSTANCE *client_registration_instance, _In_ const void *client_binding_context,
    _In_ const void *client_dispatch, _Outptr_ void **provider_binding_context,
    _Outptr_result_maybenull_ const void **provider_dispatch)
{
    NTSTATUS status = STATUS_SUCCESS;
    ext_client_t *client = NULL;
    ext_provider_t *provider = (ext_provider_t *)provider_context;
    ext_extension_dispatch_t *table = (ext_extension_dispatch_t *)client_dispatch;

    UNREFERENCED_PARAMETER(client_binding_context);
    EXT_LOG_ENTRY();
    if (provider_binding_context == NULL || provider_dispatch == NULL) {
        status = STATUS_INVALID_PARAMETER;
        goto Exit;
    }
    client = (ext_client_t *)ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(ext_client_t), EXT_TAG);
    EXT_BAIL_ON_ALLOC_FAILURE_STATUS(EXT_TRACELOG_KEYWORD_EXTENSION, client, "client", status);
    client->binding = nmr_binding_handle;
    client->dispatch = table;
    client->invoke = table->ext_program_invoke_function;
    client->data = (const ext_extension_data_t *)client_registration_instance->NpiSpecificCharacteristics;
    if (client->data->header.version != EXT_DATA_VERSION || client->data->prog_attach_type > EXT_ATTACH_MAX) {
        status = STATUS_INVALID_PARAMETER;
        goto Exit;
    }
    client->module_id = client_registration_instance->ModuleId->Guid;
    ACQUIRE_PUSH_LOCK_EXCLUSIVE(&provider->lock);
    InsertTailList(&provider->clients, &client->entry);
    RELEASE_PUSH_LOCK_EXCLUSIVE(&provider->lock);
    *provider_binding_context = client;
    *provider_dispatch = NULL;
    client = NULL;

Exit:
    if (client)
        ExFreePoolWithTag(client, EXT_TAG);
    EXT_RETURN_NTSTATUS(status);
}

NTSTATUS
ext_provider_detach_client(_In_ const void *provider_binding_context)
{
    ext_client_t *client = (ext_client_t *)provider_binding_context;

    EXT_LOG_FUNCTION_SUCCESS();
    ACQUIRE_PUSH_LOCK_EXCLUSIVE(&client->provider->lock);
    RemoveEntryList(&client->entry);
    RELEASE_PUSH_LOCK_EXCLUSIVE(&client->provider->lock);
    return STATUS_SUCCESS;
}

void
ext_provider_cleanup_binding_context(_In_ __drv_freesMem(Mem) void *provider_binding_context)
{
    ext_free(provider_binding_context);
}

static const NPI_MODULEID _ext_module_id = { sizeof(NPI_MODULEID), MIT_GUID, { 0x1, 0x2, 0x3, { 1, 2, 3 } } };

NTSTATUS
ext_provider_register(_In_ const ext_provider_parameters_t *parameters, _Outptr_ ext_provider_t **context)
{
    NTSTATUS status;
    NPI_PROVIDER_CHARACTERISTICS *characteristics;
    ext_provider_t *provider = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*provider), EXT_TAG);

    if (!provider)
        return STATUS_NO_MEMORY;
    InitializeListHead(&provider->clients);
    ExInitializePushLock(&provider->lock);
    provider->attach_data = *parameters->data;
    provider->reference_count = EXT_INITIAL_REFERENCES;
    characteristics = &provider->characteristics;
    characteristics->Length = sizeof(NPI_PROVIDER_CHARACTERISTICS);
    characteristics->ProviderAttachClient = (PNPI_PROVIDER_ATTACH_CLIENT_FN)ext_provider_attach_client;
    characteristics->ProviderDetachClient = ext_provider_detach_client;
    characteristics->ProviderCleanupBindingContext = ext_provider_cleanup_binding_context;
    characteristics->ProviderRegistrationInstance.Size = sizeof(NPI_REGISTRATION_INSTANCE);
    characteristics->ProviderRegistrationInstance.NpiId = &EXT_PROGRAM_INFO_EXTENSION_IID;
    characteristics->ProviderRegistrationInstance.ModuleId = parameters->provider_module_id;
    characteristics->ProviderRegistrationInstance.NpiSpecificCharacteristics = &_ext_info;
    status = NmrRegisterProvider(characteristics, provider, &provider->nmr_handle);
    if (!NT_SUCCESS(status)) {
        EXT_LOG_NTSTATUS_API_FAILURE(EXT_TRACELOG_KEYWORD_EXTENSION, NmrRegisterProvider, status);
        _ext_release(provider);
    } else {
        *context = provider;
    }
    return status;
}

void
ext_provider_unregister(_Frees_ptr_opt_ ext_provider_t *provider)
{
    if (provider == NULL)
        return;
    if (provider->nmr_handle != NULL) {
        NTSTATUS status = NmrDeregisterProvider(provider->nmr_handle);
        if (status == STATUS_PENDING)
            NmrWaitForProviderDeregisterComplete(provider->nmr_handle);
        else
            EXT_ASSERT(status == STATUS_SUCCESS);
    }
    _ext_release(provider);
}

_IRQL_requires_max_(DISPATCH_LEVEL) _Must_inspect_result_ ext_result_t
ext_invoke(_Inout_ ext_client_t *client, _Inout_ ext_context_t *context, _Out_ uint32_t *result)
{
    ext_execution_state_t state = { 0 };
    ext_result_t r;

    if (client->dispatch->batch_begin(sizeof(state), &state) != EXT_SUCCESS)
        return EXT_FAILED;
    context->header.length = 5;
    context->data_start = context->packet.start + context->packet.length;
    r = client->invoke(client->data->link, context, result, &state);
    switch (r) {
    case EXT_SUCCESS:
        break;
    case EXT_FAILED:
    case EXT_PENDING:
        *result = EXT_VERDICT_DROP;
        break;
    default:
        *result = (uint32_t)r;
    }
    client->dispatch->batch_end(&state);
    return r;
}

typedef ext_result_t (*ext_map_find_t)(_In_ const ext_map_t *map, size_t size, _Outptr_ uint8_t **value);

static ext_result_t
_ext_map_find(_In_ const ext_map_t *map, size_t size, _Outptr_ uint8_t **value)
{
    const ext_map_t *inner = map->ops->inner(map, &size);
    for (uint32_t i = 0; i < map->definition.max_entries; i++) {
        if (map->entries[i].key == size) {
            *value = map->entries[i].value;
            return EXT_SUCCESS;
        }
    }
    return inner ? inner->ops->find(inner, size, value) : EXT_KEY_NOT_FOUND;
}

EXT_EXPORT ext_result_t __stdcall ext_describe(_Inout_updates_bytes_(length) ext_description_t *out, size_t length)
{
    ext_map_find_t find = _ext_map_find;

    memset(out, 0, length);
    out->find = find;
    out->name[0] = 'x';
    out->guid = EXT_PROGRAM_TYPE_GUID;
    return EXT_SUCCESS;
}

static DRIVER_UNLOAD ext_unload;
static void ext_unload(_In_ PDRIVER_OBJECT driver)
{
    UNREFERENCED_PARAMETER(driver);
    ext_provider_unregister(_ext_provider);
    ext_tracelog_unregister();
}

NTSTATUS
DriverEntry(_In_ PDRIVER_OBJECT driver, _In_ PUNICODE_STRING path)
{
    ext_provider_parameters_t parameters = { &_ext_module_id, NULL };
    ext_program_info_t *info;

    WPP_INIT_TRACING(driver, path);
    driver->DriverUnload = ext_unload;
    EXT_LOG_EXIT();
    if (_ext_validate(parameters.data, &info) != EXT_SUCCESS)
        return STATUS_UNSUCCESSFUL;
    return ext_provider_register(&parameters, &_ext_provider);
}
