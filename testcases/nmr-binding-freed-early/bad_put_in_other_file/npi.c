#include "yarrow.h"

static NTSTATUS NTAPI
YarrowPing(PVOID ProviderBindingContext)
{
    PYARROW_CLIENT client = ProviderBindingContext;
    NTSTATUS status;

    YarrowClientGet(client);
    status = client->PeerDispatch != NULL ? STATUS_SUCCESS : STATUS_NOT_SUPPORTED;
    YarrowClientPut(client);
    return status;
}

static const struct { USHORT Version; NTSTATUS (NTAPI *Ping)(PVOID); } YarrowDispatch = { 1, YarrowPing };

NTSTATUS NTAPI
YarrowAttach(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientInstance, PVOID ClientBindingContext,
             const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    PYARROW_CLIENT client;

    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientInstance);
    client = YarrowClientNew(NmrBindingHandle, ClientBindingContext, ClientDispatch);
    if (client == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    *ProviderBindingContext = client;
    *ProviderDispatch = &YarrowDispatch;
    return STATUS_SUCCESS;
}

NTSTATUS NTAPI
YarrowDetach(PVOID ProviderBindingContext)
{
    PYARROW_CLIENT client = ProviderBindingContext;

    client->PeerDispatch = NULL;
    YarrowClientPut(client); // EXPECT: nmr-binding-freed-early
    return STATUS_SUCCESS;
}

VOID NTAPI
YarrowCleanup(PVOID ProviderBindingContext)
{
    UNREFERENCED_PARAMETER(ProviderBindingContext);
}
