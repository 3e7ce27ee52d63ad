/* Registers a client with the caller's object as its context, and calls it back. */
#include "client.h"

static HANDLE ClientHandle;
static struct { PVOID Context; const VOID *Dispatch; } ClientPeer;
static const ULONG ClientDispatch = 2;
static const NPIID ClientNpiId = { 0x3c1f150a, 0x4c1f, 0x4235, { 0x8e, 0x7f, 0xeb, 0xeb, 0xff, 0x9c, 0x2b, 0xf4 } };
static const NPI_MODULEID ClientModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0xe70141a3, 0xa7d4, 0x4e31, { 0x87, 0x1d, 0x42, 0x70, 0x87, 0xd5, 0xb6, 0xa2 } } } };

static NTSTATUS NTAPI ClientAttach(HANDLE NmrBindingHandle, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE ProviderRegistrationInstance)
{
    PCLIENT_USER User = ClientContext;

    InterlockedIncrement(&User->Arrivals);
    User->Arrived(User, ProviderRegistrationInstance->Number);
    return NmrClientAttachProvider(NmrBindingHandle, &ClientPeer, &ClientDispatch, &ClientPeer.Context, &ClientPeer.Dispatch);
}

static NTSTATUS NTAPI ClientDetach(PVOID ClientBindingContext)
{
    UNREFERENCED_PARAMETER(ClientBindingContext);
    ClientPeer.Dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS ClientCharacteristics = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), ClientAttach, ClientDetach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &ClientNpiId, &ClientModuleId, 0, NULL }
};

NTSTATUS ClientBegin(PVOID User)
{
    return NmrRegisterClient(&ClientCharacteristics, User, &ClientHandle); // EXPECT: nmr-stack-context
}

VOID ClientEnd(VOID)
{
    NTSTATUS Status = NmrDeregisterClient(ClientHandle);

    if (Status == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(ClientHandle);
    }
}
