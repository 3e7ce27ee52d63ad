/*
 * Good: the provider's Length is its own size.
 * (Twin: bad_length_of_instance)
 */
#include "chars.h"

static const NPIID MintNpiId = { 0xffd99c07, 0x3638, 0x489a, { 0x82, 0xa4, 0xae, 0x2a, 0x35, 0x1b, 0x83, 0xc6 } };
static const NPI_MODULEID MintModuleId = {
    sizeof(NPI_MODULEID), MIT_GUID, { { 0xde819130, 0xd4b3, 0x496b, { 0x85, 0x39, 0x51, 0xfe, 0x2d, 0x9c, 0x99, 0x89 } } }
};
static const ULONG MintDispatch = 4;
static volatile LONG MintClients;

static NTSTATUS NTAPI MintAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext, const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    InterlockedIncrement(&MintClients);
    *ProviderBindingContext = (PVOID)&MintClients;
    *ProviderDispatch = &MintDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI MintDetachClient(PVOID ProviderBindingContext)
{
    InterlockedDecrement((volatile LONG *)ProviderBindingContext);
    return STATUS_SUCCESS;
}

NPI_PROVIDER_CHARACTERISTICS MintProvider;

VOID MintDescribe(VOID)
{
    MintProvider.Version = 0;
    MintProvider.Length = sizeof(MintProvider);
    MintProvider.ProviderAttachClient = MintAttachClient;
    MintProvider.ProviderDetachClient = MintDetachClient;
    MintProvider.ProviderRegistrationInstance.Size = sizeof(MintProvider.ProviderRegistrationInstance);
    MintProvider.ProviderRegistrationInstance.NpiId = &MintNpiId;
    MintProvider.ProviderRegistrationInstance.ModuleId = &MintModuleId;
}
