#include "dock.h"

VOID
DockLock(PDOCK Dock)
{
    KeEnterCriticalRegion();
    ExAcquirePushLockExclusive(&Dock->Lock);
}

VOID
DockUnlock(PDOCK Dock)
{
    ExReleasePushLockExclusive(&Dock->Lock);
    KeLeaveCriticalRegion();
}

NTSTATUS
DockRunSteps(PDOCK Dock, const PDOCK_STEP *Steps, ULONG Count)
{
    NTSTATUS status = STATUS_SUCCESS;
    ULONG i;

    DockLock(Dock);
    for (i = 0; i < Count && NT_SUCCESS(status); i++) {
        status = Steps[i](Dock);
    }
    DockUnlock(Dock);
    return status;
}
