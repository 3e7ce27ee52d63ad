/*
 * The state of the registration. Good: MapleDrain waits if MapleClose has started the deregistration.
 * (Twin: bad_ioctl_drain)
 */
#include "npi.h"

MAPLE Maple;
static const NPIID MapleNpiNpiId = { 0xb9532ec4, 0xd708, 0x4bc4, { 0x85, 0x99, 0xe9, 0x3e, 0xc4, 0x07, 0x80, 0xf1 } };
static const NPI_MODULEID MapleNpiModuleId = {
    sizeof(NPI_MODULEID), MIT_GUID, { { 0xf14e56dd, 0xc52a, 0x4c86, { 0x88, 0xe6, 0x32, 0xca, 0xe4, 0x0c, 0xde, 0xf2 } } }
};
static const ULONG MapleNpiDispatch = 6;
static volatile LONG MapleNpiClients;

static NTSTATUS NTAPI MapleNpiAttachClient(HANDLE NmrBindingHandle, PVOID ProviderContext, PNPI_REGISTRATION_INSTANCE ClientRegistrationInstance,
    PVOID ClientBindingContext, const VOID *ClientDispatch, PVOID *ProviderBindingContext, const VOID **ProviderDispatch)
{
    UNREFERENCED_PARAMETER(NmrBindingHandle);
    UNREFERENCED_PARAMETER(ProviderContext);
    UNREFERENCED_PARAMETER(ClientRegistrationInstance);
    UNREFERENCED_PARAMETER(ClientBindingContext);
    UNREFERENCED_PARAMETER(ClientDispatch);
    InterlockedIncrement(&MapleNpiClients);
    *ProviderBindingContext = (PVOID)&MapleNpiClients;
    *ProviderDispatch = &MapleNpiDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI MapleNpiDetachClient(PVOID ProviderBindingContext)
{
    InterlockedDecrement((volatile LONG *)ProviderBindingContext);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS MapleNpiProvider = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), MapleNpiAttachClient, MapleNpiDetachClient, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &MapleNpiNpiId, &MapleNpiModuleId, 0, NULL }
};

NTSTATUS MapleUp(VOID)
{
    NTSTATUS Status;

    if (Maple.State != MAPLE_IDLE) {
        return STATUS_DEVICE_BUSY;
    }
    Status = NmrRegisterProvider(&MapleNpiProvider, NULL, &Maple.Handle);
    if (NT_SUCCESS(Status)) {
        Maple.State = MAPLE_UP;
    }
    return Status;
}

VOID MapleClose(VOID)
{
    if (Maple.State == MAPLE_UP) {
        NmrDeregisterProvider(Maple.Handle);
        Maple.State = MAPLE_CLOSING;
    }
}

VOID MapleDrain(VOID)
{
    if (Maple.State == MAPLE_CLOSING) {
        NmrWaitForProviderDeregisterComplete(Maple.Handle);
        Maple.State = MAPLE_IDLE;
    }
}
