// pochard: the closure runs with the lock held.
#include <ntddk.h>

template <typename Action>
NTSTATUS WithLock(PKSPIN_LOCK Lock, Action action)
{
    KIRQL irql;

    KeAcquireSpinLock(Lock, &irql);
    NTSTATUS status = action();
    KeReleaseSpinLock(Lock, irql);
    return status;
}

static KSPIN_LOCK PochardLock;
static HANDLE PochardKey;
static ULONG PochardCount;

extern "C" NTSTATUS PochardCountUp(void)
{
    return WithLock(&PochardLock, [&]() -> NTSTATUS {
        PochardCount++;
        return STATUS_SUCCESS;
    });
}

extern "C" NTSTATUS PochardStore(PUNICODE_STRING Name)
{
    return WithLock(&PochardLock, [&]() -> NTSTATUS {
        return ZwSetValueKey(PochardKey, Name, 0, REG_DWORD, &PochardCount, sizeof(PochardCount)); // EXPECT: irql-too-high
    });
}
