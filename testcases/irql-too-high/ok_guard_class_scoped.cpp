// ruffle: the scoped lock's block ends before the registry call. (Twin: bad_guard_class_across_zw)
#include <ntddk.h>

class SpinGuard {
public:
    explicit SpinGuard(PKSPIN_LOCK lock) : m_lock(lock) { KeAcquireSpinLock(m_lock, &m_irql); }
    ~SpinGuard() { KeReleaseSpinLock(m_lock, m_irql); }
private:
    PKSPIN_LOCK m_lock;
    KIRQL m_irql;
};

static KSPIN_LOCK RuffleLock;
static ULONG RuffleCount;
static HANDLE RuffleKey;

extern "C" NTSTATUS RuffleStore(void)
{
    {
        SpinGuard guard(&RuffleLock);
        if (RuffleCount == 100)
            return STATUS_QUOTA_EXCEEDED;
        RuffleCount++;
    }
    return ZwFlushKey(RuffleKey);
}
