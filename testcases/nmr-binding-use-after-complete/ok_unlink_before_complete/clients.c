#include "crocus.h"

static const ULONG CrocusDispatch = 1;

NTSTATUS NTAPI
CrocusAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE Instance, PVOID ClientBindingContext,
                 const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    PCROCUS_CLIENT client;

    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(Instance);
    client = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*client), CROCUS_TAG);
    if (client == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    client->NmrBindingHandle = NmrBindingHandle;
    client->ClientContext = ClientBindingContext;
    client->ClientDispatch = ClientDispatch;
    CrocusListInsert(client);
    *ProviderBindingContext = client;
    *ProviderDispatch = &CrocusDispatch;
    return STATUS_SUCCESS;
}

NTSTATUS NTAPI
CrocusDetachClient(PVOID ProviderBindingContext)
{
    ((PCROCUS_CLIENT)ProviderBindingContext)->Detaching = TRUE;
    return STATUS_PENDING;
}

VOID NTAPI
CrocusCleanupClient(PVOID ProviderBindingContext)
{
    ExFreePoolWithTag(ProviderBindingContext, CROCUS_TAG);
}
