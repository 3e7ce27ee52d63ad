/* Offers the NPI, and widens the status into the project's result. */
#include "result.h"

static HANDLE OpalHandle;
static const NPIID OpalNpiId = { 0x6d2dae4b, 0x67bf, 0x4812, { 0x88, 0xaa, 0x1f, 0x4f, 0xba, 0x78, 0xeb, 0xb6 } };
static const NPI_MODULEID OpalModuleId = {
    sizeof(NPI_MODULEID), MIT_GUID, { { 0x83872118, 0x75db, 0x4728, { 0x8d, 0x18, 0x21, 0xf4, 0xaf, 0x25, 0xfc, 0x78 } } }
};
static const ULONG OpalDispatch = 3;
static volatile LONG OpalClients;

static NTSTATUS NTAPI OpalAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext, const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    InterlockedIncrement(&OpalClients);
    *ProviderBindingContext = (PVOID)&OpalClients;
    *ProviderDispatch = &OpalDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI OpalDetachClient(PVOID ProviderBindingContext)
{
    InterlockedDecrement((volatile LONG *)ProviderBindingContext);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS OpalProvider = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), OpalAttachClient, OpalDetachClient, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &OpalNpiId, &OpalModuleId, 0, NULL }
};

OPAL_RESULT OpalResult(NTSTATUS Status)
{
    OPAL_RESULT Result;

    Result.Ok = NT_SUCCESS(Status);
    Result.Code = Result.Ok ? 0 : ((ULONG)Status & 0xffff);
    return Result;
}

OPAL_RESULT OpalOpen(VOID)
{
    return OpalResult(NmrRegisterProvider(&OpalProvider, NULL, &OpalHandle));
}

VOID OpalClose(VOID)
{
    if (NmrDeregisterProvider(OpalHandle) == STATUS_PENDING) {
        NmrWaitForProviderDeregisterComplete(OpalHandle);
    }
}
