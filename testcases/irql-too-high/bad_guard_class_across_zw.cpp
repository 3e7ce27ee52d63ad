// ruffle: a scoped lock lives to the end of the block, over the registry call behind it.
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
    SpinGuard guard(&RuffleLock);
    RuffleCount++;
    return ZwFlushKey(RuffleKey); // EXPECT: irql-too-high
}
