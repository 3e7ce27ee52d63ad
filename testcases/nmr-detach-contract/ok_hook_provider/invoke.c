#include "hook.h"

static hook_client_t *
hook_first(hook_provider_t *provider)
{
    hook_client_t *client = NULL;
    PLIST_ENTRY entry;
    KIRQL irql;

    irql = ExAcquireSpinLockShared(&provider->lock);
    for (entry = provider->clients.Flink; entry != &provider->clients; entry = entry->Flink) {
        hook_client_t *candidate = CONTAINING_RECORD(entry, hook_client_t, link);

        if (ExAcquireRundownProtection(&candidate->rundown)) {
            client = candidate;
            break;
        }
    }
    ExReleaseSpinLockShared(&provider->lock, irql);
    return client;
}

hook_result_t
hook_invoke(hook_provider_t *provider, void *context)
{
    hook_result_t result = HOOK_CONTINUE;
    hook_client_t *client = hook_first(provider);

    if (client != NULL) {
        result = client->dispatch->invoke(client->binding, context);
        ExReleaseRundownProtection(&client->rundown);
    }
    return result;
}
