/* The client, which tells its owner of providers. */
#include "npi.h"

static struct { PVOID Context; const VOID *Dispatch; } BasaltPeer;
static const ULONG BasaltDispatch = 1;
static const NPIID BasaltNpiId = { 0x7bee0956, 0x55a3, 0x4a70, { 0x8d, 0x77, 0x85, 0x33, 0x03, 0xe3, 0xa6, 0x00 } };
static const NPI_MODULEID BasaltModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x4e87092f, 0xf2e7, 0x49d0, { 0x8d, 0x22, 0xd9, 0x94, 0xce, 0x5a, 0xe9, 0xaa } } } };

static NTSTATUS NTAPI BasaltAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    PBASALT Basalt = ClientContext;

    Basalt->Notify(ProviderRegistrationInstance->Number);
    KeSetEvent(&Basalt->Arrived, IO_NO_INCREMENT, FALSE);
    return NmrClientAttachProvider(NmrBindingHandle, &BasaltPeer, &BasaltDispatch, &BasaltPeer.Context, &BasaltPeer.Dispatch);
}

static NTSTATUS NTAPI BasaltDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    BasaltPeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS BasaltClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), BasaltAttach, BasaltDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &BasaltNpiId, &BasaltModuleId, 0, NULL }
};

NTSTATUS BasaltBegin(PBASALT Basalt)
{
    KeInitializeEvent(&Basalt->Arrived, NotificationEvent, FALSE);
    return NmrRegisterClient(&BasaltClient, Basalt, &Basalt->Handle);
}

VOID BasaltEnd(PBASALT Basalt)
{
    if (NmrDeregisterClient(Basalt->Handle) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(Basalt->Handle);
    }
}
