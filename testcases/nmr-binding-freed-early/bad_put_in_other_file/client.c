#include "yarrow.h"

#define YARROW_TAG 'rraY'

PYARROW_CLIENT
YarrowClientNew(HANDLE NmrBindingHandle, PVOID Peer, const VOID *PeerDispatch)
{
    PYARROW_CLIENT client = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*client), YARROW_TAG);

    if (client != NULL) {
        client->References = 1;
        client->NmrBindingHandle = NmrBindingHandle;
        client->Peer = Peer;
        client->PeerDispatch = PeerDispatch;
    }
    return client;
}

VOID
YarrowClientGet(PYARROW_CLIENT Client)
{
    InterlockedIncrement(&Client->References);
}

VOID
YarrowClientPut(PYARROW_CLIENT Client)
{
    if (InterlockedDecrement(&Client->References) == 0) {
        ExFreePoolWithTag(Client, YARROW_TAG);
    }
}
