/* One file of a library. Good: the wait's function relies on its caller, who is not visible. */
#include <ntddk.h>
#include <netioddk.h>

typedef struct _GUITAR { HANDLE Client; HANDLE Provider; } GUITAR, *PGUITAR;

VOID GuitarJoin(PGUITAR Guitar)
{
    NmrWaitForClientDeregisterComplete(Guitar->Client);
    NmrWaitForProviderDeregisterComplete(Guitar->Provider);
}

NTSTATUS GuitarBeginEnd(PGUITAR Guitar)
{
    NTSTATUS Status = NmrDeregisterClient(Guitar->Client);

    if (Status != STATUS_PENDING) {
        return Status;
    }
    return NmrDeregisterProvider(Guitar->Provider);
}
