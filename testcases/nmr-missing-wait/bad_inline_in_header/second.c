/* The second provider. */
#include "npi.h"

static HANDLE SecondHandle;
static const NPIID SecondNpiId = { 0x032c5782, 0x043f, 0x4b34, { 0x86, 0x43, 0xf6, 0x99, 0xb4, 0xac, 0x49, 0x28 } };
static const NPI_MODULEID SecondModuleId = {
    sizeof(NPI_MODULEID), MIT_GUID, { { 0x208c3ab6, 0x5fd4, 0x4808, { 0x85, 0xa3, 0xc1, 0xab, 0x87, 0xd9, 0x80, 0xb6 } } }
};
static const ULONG SecondDispatch = 9;
static volatile LONG SecondClients;

static NTSTATUS NTAPI SecondAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext, const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    InterlockedIncrement(&SecondClients);
    *ProviderBindingContext = (PVOID)&SecondClients;
    *ProviderDispatch = &SecondDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI SecondDetachClient(PVOID ProviderBindingContext)
{
    InterlockedDecrement((volatile LONG *)ProviderBindingContext);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS SecondProvider = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), SecondAttachClient, SecondDetachClient, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &SecondNpiId, &SecondModuleId, 0, NULL }
};

NTSTATUS SecondStart(VOID)
{
    return NmrRegisterProvider(&SecondProvider, NULL, &SecondHandle);
}

VOID SecondStop(VOID)
{
    NpiEndProvider(SecondHandle);
}
