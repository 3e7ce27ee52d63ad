#include "iris.h"

static const ULONG IrisDispatch = 1;

NTSTATUS NTAPI
IrisAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE Instance, PVOID ClientBindingContext,
                 const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    PIRIS_CLIENT client;

    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(Instance);
    client = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*client), IRIS_TAG);
    if (client == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    client->NmrBindingHandle = NmrBindingHandle;
    client->ClientContext = ClientBindingContext;
    client->ClientDispatch = ClientDispatch;
    IrisListInsert(client);
    *ProviderBindingContext = client;
    *ProviderDispatch = &IrisDispatch;
    return STATUS_SUCCESS;
}

NTSTATUS NTAPI
IrisDetachClient(PVOID ProviderBindingContext)
{
    ((PIRIS_CLIENT)ProviderBindingContext)->Detaching = TRUE;
    return STATUS_PENDING;
}

VOID NTAPI
IrisCleanupClient(PVOID ProviderBindingContext)
{
    ExFreePoolWithTag(ProviderBindingContext, IRIS_TAG);
}
