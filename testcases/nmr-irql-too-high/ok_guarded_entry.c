/* Part of a driver: what other modules call to leave the NPI, at any level; at DISPATCH_LEVEL only the deregistration is started. */
#include <ntddk.h>
#include <netioddk.h>

typedef struct _HEDGE { HANDLE Client; KEVENT Gone; BOOLEAN Waited; } HEDGE, *PHEDGE;

_IRQL_requires_max_(DISPATCH_LEVEL)
__declspec(dllexport)
VOID NTAPI
HedgeLeave(_Inout_ PHEDGE Hedge)
{
    NTSTATUS status = NmrDeregisterClient(Hedge->Client);

    Hedge->Waited = FALSE;
    if (status == STATUS_PENDING && KeGetCurrentIrql() < DISPATCH_LEVEL) {
        NmrWaitForClientDeregisterComplete(Hedge->Client);
        Hedge->Waited = TRUE;
    }
}

_IRQL_requires_max_(PASSIVE_LEVEL)
__declspec(dllexport)
VOID NTAPI
HedgeFinish(_Inout_ PHEDGE Hedge)
{
    if (!Hedge->Waited) {
        NmrWaitForClientDeregisterComplete(Hedge->Client);
        Hedge->Waited = TRUE;
    }
}
