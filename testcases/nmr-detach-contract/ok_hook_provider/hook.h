#pragma once
#include <ntddk.h>
#include <netioddk.h>

#define HOOK_TAG 'kooH'

typedef enum hook_result { HOOK_CONTINUE, HOOK_BLOCK } hook_result_t;

/* What a client gives to the provider. */
typedef struct hook_client_dispatch {
    USHORT version;
    hook_result_t (*invoke)(void *client_binding, void *context);
} hook_client_dispatch_t;

typedef struct hook_client {
    LIST_ENTRY link;
    HANDLE nmr_handle;
    GUID module;
    void *binding;
    const hook_client_dispatch_t *dispatch;
    EX_RUNDOWN_REF rundown;
    PIO_WORKITEM detach_item;
} hook_client_t;

typedef struct hook_provider {
    HANDLE nmr_handle;
    EX_SPIN_LOCK lock;
    LIST_ENTRY clients;
    ULONG count;
    PDEVICE_OBJECT device;
} hook_provider_t;

_IRQL_requires_max_(PASSIVE_LEVEL)
_Must_inspect_result_
NTSTATUS
hook_provider_register(_In_ PDEVICE_OBJECT device, _Outptr_ hook_provider_t **provider);

_IRQL_requires_max_(PASSIVE_LEVEL)
void
hook_provider_unregister(_In_opt_ _Frees_ptr_opt_ hook_provider_t *provider);

_IRQL_requires_max_(DISPATCH_LEVEL)
hook_result_t
hook_invoke(_In_ hook_provider_t *provider, _In_opt_ void *context);
