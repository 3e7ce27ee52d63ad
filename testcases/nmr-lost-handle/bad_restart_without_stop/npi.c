/* The provider of one device. */
#include "crow.h"

static const NPIID CrowNpiId = { 0xfb7f0463, 0x1b4c, 0x4b13, { 0x83, 0x9e, 0x99, 0xd4, 0x4a, 0x3e, 0x22, 0x99 } };
static const NPI_MODULEID CrowModuleId = {
    sizeof(NPI_MODULEID), MIT_GUID, { { 0x46896e90, 0x7b90, 0x4344, { 0x8a, 0xbb, 0x71, 0x8b, 0x32, 0x83, 0x37, 0x89 } } }
};
static const ULONG CrowDispatch = 5;
static volatile LONG CrowClients;

static NTSTATUS NTAPI CrowAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext, const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    InterlockedIncrement(&CrowClients);
    *ProviderBindingContext = (PVOID)&CrowClients;
    *ProviderDispatch = &CrowDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI CrowDetachClient(PVOID ProviderBindingContext)
{
    InterlockedDecrement((volatile LONG *)ProviderBindingContext);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS CrowProvider = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), CrowAttachClient, CrowDetachClient, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &CrowNpiId, &CrowModuleId, 0, NULL }
};

NTSTATUS CrowOffer(PCROW_EXTENSION Extension)
{
    HANDLE Handle;
    NTSTATUS Status;

    Extension->Stopped = FALSE;
    Status = NmrRegisterProvider(&CrowProvider, NULL, &Handle);
    if (NT_SUCCESS(Status)) {
        Extension->Handle = Handle; // KNOWN-GAP: nmr-lost-handle
    }
    return Status;
}

VOID CrowWithdraw(PCROW_EXTENSION Extension)
{
    if (Extension->Handle != NULL) {
        if (NmrDeregisterProvider(Extension->Handle) == STATUS_PENDING) {
            NmrWaitForProviderDeregisterComplete(Extension->Handle);
        }
        Extension->Handle = NULL;
    }
}
