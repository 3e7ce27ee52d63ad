#include "milfoil.h"

#define MILFOIL_TAG 'fliM'

PMILFOIL_CLIENT
MilfoilClientNew(HANDLE NmrBindingHandle, PVOID Peer, const VOID *PeerDispatch)
{
    PMILFOIL_CLIENT client = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*client), MILFOIL_TAG);

    if (client != NULL) {
        client->References = 1;
        client->NmrBindingHandle = NmrBindingHandle;
        client->Peer = Peer;
        client->PeerDispatch = PeerDispatch;
    }
    return client;
}

VOID
MilfoilClientGet(PMILFOIL_CLIENT Client)
{
    InterlockedIncrement(&Client->References);
}

VOID
MilfoilClientPut(PMILFOIL_CLIENT Client)
{
    if (InterlockedDecrement(&Client->References) == 0) {
        ExFreePoolWithTag(Client, MILFOIL_TAG);
    }
}
