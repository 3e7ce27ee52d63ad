/* Part of a library driver: what other drivers call. CoinSpend promises nothing: its level is the caller's matter. */
#include <ntddk.h>

static EX_PUSH_LOCK CoinLock;
static ULONG CoinBalance;

VOID
CoinInitialize(VOID)
{
    ExInitializePushLock(&CoinLock);
}

__declspec(dllexport)
NTSTATUS NTAPI
CoinSpend(_In_ ULONG Amount)
{
    NTSTATUS status = STATUS_QUOTA_EXCEEDED;

    ExAcquirePushLockExclusive(&CoinLock);
    if (CoinBalance >= Amount) {
        CoinBalance -= Amount;
        status = STATUS_SUCCESS;
    }
    ExReleasePushLockExclusive(&CoinLock);
    return status;
}

_IRQL_requires_max_(APC_LEVEL)
__declspec(dllexport)
VOID NTAPI
CoinEarn(_In_ ULONG Amount)
{
    ExAcquirePushLockExclusive(&CoinLock);
    CoinBalance += Amount;
    ExReleasePushLockExclusive(&CoinLock);
}
