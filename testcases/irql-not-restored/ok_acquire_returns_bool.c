/* ruff: Enter says whether it could; a closing object is not entered, and its lock not kept. */
#include <ntddk.h>

typedef struct _RUFF { KSPIN_LOCK Lock; BOOLEAN Closing; KIRQL Level; ULONG Users; } RUFF, *PRUFF;

static BOOLEAN
RuffEnter(PRUFF R)
{
    KIRQL irql;

    KeAcquireSpinLock(&R->Lock, &irql);
    if (R->Closing) {
        KeReleaseSpinLock(&R->Lock, irql);
        return FALSE;
    }
    R->Level = irql;
    return TRUE;
}

static VOID
RuffLeave(PRUFF R)
{
    KeReleaseSpinLock(&R->Lock, R->Level);
}

NTSTATUS
RuffUse(PRUFF R)
{
    if (!RuffEnter(R)) {
        return STATUS_DELETE_PENDING;
    }
    R->Users++;
    RuffLeave(R);
    return STATUS_SUCCESS;
}

VOID
RuffClose(PRUFF R)
{
    if (RuffEnter(R)) {
        R->Closing = TRUE;
        RuffLeave(R);
    }
    ZwClose(NULL);
}
