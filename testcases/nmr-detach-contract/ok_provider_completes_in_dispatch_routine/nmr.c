#include "delta.h"

static const USHORT DeltaDispatch = 1;
static HANDLE DeltaHandle;

static const NPIID DeltaNpiId = { 0x9e983385, 0x0442, 0x4106, { 0x3e, 0x84, 0x10, 0x51, 0xba, 0x98, 0x09, 0xcc } };
static const NPI_MODULEID DeltaModuleId = {
    sizeof(NPI_MODULEID), MIT_GUID,
    .Guid = { 0xe13a4e22, 0x1749, 0x4f5e, { 0x08, 0x76, 0xec, 0x9a, 0xc8, 0xfc, 0x92, 0x99 } }
};

static NTSTATUS NTAPI
DeltaAttach(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE Instance, PVOID ClientContext,
            const VOID *ClientDispatch, PVOID *BindingContext, const VOID **Dispatch)
{
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(Instance);
    UNREFERENCED_PARAMETER(ClientContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    if (InterlockedExchange(&Delta.Used, 1) != 0) {
        return STATUS_NOINTERFACE;
    }
    Delta.NmrBindingHandle = NmrBindingHandle;
    *BindingContext = &Delta;
    *Dispatch = &DeltaDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
DeltaDetach(PVOID BindingContext)
{
    PDELTA delta = BindingContext;

    InterlockedExchange(&delta->Leaving, 1);
    return STATUS_PENDING;
}

static VOID NTAPI
DeltaCleanup(PVOID BindingContext)
{
    InterlockedExchange(&((PDELTA)BindingContext)->Used, 0);
}

static const NPI_PROVIDER_CHARACTERISTICS DeltaCharacteristics = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), DeltaAttach, DeltaDetach, DeltaCleanup,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &DeltaNpiId, &DeltaModuleId, 0, NULL }
};

NTSTATUS
DeltaRegister(VOID)
{
    return NmrRegisterProvider(&DeltaCharacteristics, NULL, &DeltaHandle);
}

VOID
DeltaDeregister(VOID)
{
    if (NmrDeregisterProvider(DeltaHandle) == STATUS_PENDING) {
        NmrWaitForProviderDeregisterComplete(DeltaHandle);
    }
}
