/* The provider; its context is the caller's state. */
#include "filter.h"

static const ULONG CootDispatch = 1;
static volatile LONG CootBindings;
static const NPIID CootNpiId = { 0x71c258e3, 0x428a, 0x4d3c, { 0x8d, 0x49, 0x8d, 0xae, 0xdf, 0xcf, 0xc3, 0x94 } };
static const NPI_MODULEID CootModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x2ad1165a, 0x080b, 0x448a, { 0x89, 0x4f, 0xc3, 0x84, 0xe4, 0x44, 0x13, 0xfd } } } };

static NTSTATUS NTAPI CootAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext, const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    PCOOT_STATE State = ProviderContext;

    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    if (State->Flags & 1) {
        return STATUS_NOINTERFACE;
    }
    InterlockedIncrement(&State->Clients);
    *ProviderBindingContext = (PVOID)&CootBindings;
    *ProviderDispatch = &CootDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI CootDetachClient(PVOID ProviderBindingContext)
{
    InterlockedIncrement((volatile LONG *)ProviderBindingContext);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS CootProvider = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), CootAttachClient, CootDetachClient, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &CootNpiId, &CootModuleId, 0, NULL }
};

NTSTATUS CootOffer(PCOOT_STATE State, PHANDLE Handle)
{
    State->Clients = 0;
    return NmrRegisterProvider(&CootProvider, State, Handle); // EXPECT: nmr-stack-context
}

VOID CootWithdraw(HANDLE Handle)
{
    if (NmrDeregisterProvider(Handle) == STATUS_PENDING) {
        NmrWaitForProviderDeregisterComplete(Handle);
    }
}
