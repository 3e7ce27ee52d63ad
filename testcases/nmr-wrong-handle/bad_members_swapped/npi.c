/*
 * Defect: the two deregister calls have each other's handle; the waits have the right ones.
 * (Twin: ok_members_right)
 */
#include "npi.h"

static const NPIID FilterLowerNpiId = { 0x8a242833, 0x788b, 0x4620, { 0x8a, 0xef, 0xe9, 0x22, 0x23, 0x55, 0xce, 0xc3 } };
static const NPI_MODULEID FilterLowerModuleId = {
    sizeof(NPI_MODULEID), MIT_GUID, { { 0x16212729, 0x1ab9, 0x4f16, { 0x86, 0x84, 0x90, 0xec, 0x39, 0xe8, 0x15, 0x4b } } }
};
static const ULONG FilterLowerDispatch = 7;
static struct { PVOID Context; const VOID *Dispatch; } FilterLowerPeer;

static NTSTATUS NTAPI FilterLowerAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ProviderRegistrationInstance);
    return NmrClientAttachProvider(NmrBindingHandle, &FilterLowerPeer, &FilterLowerDispatch, &FilterLowerPeer.Context, &FilterLowerPeer.Dispatch);
}

static NTSTATUS NTAPI FilterLowerDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    FilterLowerPeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS FilterLowerClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), FilterLowerAttach, FilterLowerDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &FilterLowerNpiId, &FilterLowerModuleId, 0, NULL }
};
static const NPIID FilterUpperNpiId = { 0x4ff48660, 0x6f87, 0x43ce, { 0x8e, 0xc3, 0xd6, 0xb8, 0xec, 0xf1, 0xd8, 0xc2 } };
static const NPI_MODULEID FilterUpperModuleId = {
    sizeof(NPI_MODULEID), MIT_GUID, { { 0x6509085d, 0x676e, 0x4400, { 0x80, 0xbb, 0x73, 0x16, 0x5c, 0xbc, 0x98, 0xe6 } } }
};
static const ULONG FilterUpperDispatch = 9;
static volatile LONG FilterUpperClients;

static NTSTATUS NTAPI FilterUpperAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext, const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    InterlockedIncrement(&FilterUpperClients);
    *ProviderBindingContext = (PVOID)&FilterUpperClients;
    *ProviderDispatch = &FilterUpperDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI FilterUpperDetachClient(PVOID ProviderBindingContext)
{
    InterlockedDecrement((volatile LONG *)ProviderBindingContext);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS FilterUpperProvider = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), FilterUpperAttachClient, FilterUpperDetachClient, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &FilterUpperNpiId, &FilterUpperModuleId, 0, NULL }
};

NTSTATUS FilterNpiOpen(PFILTER_NPI Npi)
{
    NTSTATUS Status;

    Status = NmrRegisterClient(&FilterLowerClient, NULL, &Npi->Lower);
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    Status = NmrRegisterProvider(&FilterUpperProvider, NULL, &Npi->Upper);
    if (!NT_SUCCESS(Status)) {
        NmrDeregisterClient(Npi->Lower);
        NmrWaitForClientDeregisterComplete(Npi->Lower);
    }
    return Status;
}

VOID FilterNpiClose(PFILTER_NPI Npi)
{
    NmrDeregisterProvider(Npi->Lower); // EXPECT: nmr-wrong-handle
    NmrDeregisterClient(Npi->Upper); // EXPECT: nmr-wrong-handle
    NmrWaitForProviderDeregisterComplete(Npi->Upper);
    NmrWaitForClientDeregisterComplete(Npi->Lower);
}
