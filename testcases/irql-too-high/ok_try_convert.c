/* scoter: a reader/writer spin lock that a reader turns into the writer's, where nobody else reads. (Twin: bad_shared_lock_upgraded) */
#include <ntddk.h>

typedef struct _SCOTER {
    EX_SPIN_LOCK Lock;
    PULONG Table;
} SCOTER, *PSCOTER;

NTSTATUS
ScoterGet(PSCOTER Scoter, ULONG Index, PULONG Value)
{
    NTSTATUS status = STATUS_SUCCESS;
    KIRQL irql = ExAcquireSpinLockShared(&Scoter->Lock);

    if (Scoter->Table != NULL) {
        *Value = Scoter->Table[Index];
    } else if (ExTryConvertSharedSpinLockExclusive(&Scoter->Lock)) {
        Scoter->Table = ExAllocatePool2(POOL_FLAG_NON_PAGED, 64 * sizeof(ULONG), 'tocS');
        status = Scoter->Table != NULL ? STATUS_RETRY : STATUS_INSUFFICIENT_RESOURCES;
        ExReleaseSpinLockExclusive(&Scoter->Lock, irql);
        return status;
    } else {
        status = STATUS_RETRY;
    }
    ExReleaseSpinLockShared(&Scoter->Lock, irql);
    return status;
}
