/* sanderling: a fast mutex raises to APC_LEVEL, which these calls allow; the unsafe one in a critical region leaves PASSIVE_LEVEL. */
#include <ntddk.h>

static FAST_MUTEX SanderlingMutex;
static ERESOURCE SanderlingResource;

NTSTATUS
SanderlingRename(PUNICODE_STRING To, PUNICODE_STRING From)
{
    NTSTATUS status;

    ExAcquireFastMutex(&SanderlingMutex);
    if (To->MaximumLength < From->Length) {
        ExReleaseFastMutex(&SanderlingMutex);
        return STATUS_BUFFER_TOO_SMALL;
    }
    RtlCopyUnicodeString(To, From);
    ExReleaseFastMutex(&SanderlingMutex);

    KeEnterCriticalRegion();
    ExAcquireResourceExclusiveLite(&SanderlingResource, TRUE);
    status = ZwDeleteFile(NULL);
    ExReleaseResourceLite(&SanderlingResource);
    KeLeaveCriticalRegion();
    return status;
}
