#include "milfoil.h"

static NTSTATUS NTAPI
MilfoilPing(PVOID ProviderBindingContext)
{
    PMILFOIL_CLIENT client = ProviderBindingContext;
    NTSTATUS status;

    MilfoilClientGet(client);
    status = client->PeerDispatch != NULL ? STATUS_SUCCESS : STATUS_NOT_SUPPORTED;
    MilfoilClientPut(client);
    return status;
}

static const struct { USHORT Version; NTSTATUS (NTAPI *Ping)(PVOID); } MilfoilDispatch = { 1, MilfoilPing };

NTSTATUS NTAPI
MilfoilAttach(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientInstance, PVOID ClientBindingContext,
             const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    PMILFOIL_CLIENT client;

    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientInstance);
    client = MilfoilClientNew(NmrBindingHandle, ClientBindingContext, ClientDispatch);
    if (client == NULL) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    *ProviderBindingContext = client;
    *ProviderDispatch = &MilfoilDispatch;
    return STATUS_SUCCESS;
}

NTSTATUS NTAPI
MilfoilDetach(PVOID ProviderBindingContext)
{
    PMILFOIL_CLIENT client = ProviderBindingContext;

    client->PeerDispatch = NULL;
    return STATUS_SUCCESS;
}

VOID NTAPI
MilfoilCleanup(PVOID ProviderBindingContext)
{
    MilfoilClientPut(ProviderBindingContext);
}
