/* scaup: a part of a driver; the handlers wait, and who calls them at which level is not to be seen. */
#include <ntddk.h>

typedef NTSTATUS SCAUP_HANDLER(PVOID Context, ULONG Command);

typedef struct _SCAUP_ENTRY { ULONG Command; SCAUP_HANDLER *Handler; } SCAUP_ENTRY;

typedef struct _SCAUP { KEVENT Ready; ERESOURCE Resource; ULONG State; } SCAUP, *PSCAUP;

static NTSTATUS
ScaupWait(PVOID Context, ULONG Command)
{
    PSCAUP scaup = Context;

    UNREFERENCED_PARAMETER(Command);
    return KeWaitForSingleObject(&scaup->Ready, Executive, KernelMode, FALSE, NULL);
}

static NTSTATUS
ScaupChange(PVOID Context, ULONG Command)
{
    PSCAUP scaup = Context;

    KeEnterCriticalRegion();
    ExAcquireResourceExclusiveLite(&scaup->Resource, TRUE);
    scaup->State = Command;
    ExReleaseResourceLite(&scaup->Resource);
    KeLeaveCriticalRegion();
    return STATUS_SUCCESS;
}

const SCAUP_ENTRY ScaupTable[] = {
    { 1, ScaupWait },
    { 2, ScaupChange },
};

NTSTATUS
ScaupDispatch(PSCAUP Scaup, ULONG Command)
{
    ULONG i;

    for (i = 0; i < ARRAYSIZE(ScaupTable); i++) {
        if (ScaupTable[i].Command == Command) {
            return ScaupTable[i].Handler(Scaup, Command);
        }
    }
    return STATUS_INVALID_PARAMETER;
}
