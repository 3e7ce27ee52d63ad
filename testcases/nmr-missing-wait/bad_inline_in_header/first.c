/* The first provider. */
#include "npi.h"

static HANDLE FirstHandle;
static const NPIID FirstNpiId = { 0x2200cda7, 0x648f, 0x4c5c, { 0x8b, 0x65, 0x76, 0x49, 0xb4, 0xa5, 0x0d, 0x13 } };
static const NPI_MODULEID FirstModuleId = {
    sizeof(NPI_MODULEID), MIT_GUID, { { 0xd2d83610, 0xd1ce, 0x438b, { 0x81, 0x9f, 0x5f, 0x86, 0x2c, 0x73, 0xe8, 0xb4 } } }
};
static const ULONG FirstDispatch = 2;
static volatile LONG FirstClients;

static NTSTATUS NTAPI FirstAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext, const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    InterlockedIncrement(&FirstClients);
    *ProviderBindingContext = (PVOID)&FirstClients;
    *ProviderDispatch = &FirstDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI FirstDetachClient(PVOID ProviderBindingContext)
{
    InterlockedDecrement((volatile LONG *)ProviderBindingContext);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS FirstProvider = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), FirstAttachClient, FirstDetachClient, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &FirstNpiId, &FirstModuleId, 0, NULL }
};

NTSTATUS FirstStart(VOID)
{
    return NmrRegisterProvider(&FirstProvider, NULL, &FirstHandle);
}

VOID FirstStop(VOID)
{
    NpiEndProvider(FirstHandle);
}
