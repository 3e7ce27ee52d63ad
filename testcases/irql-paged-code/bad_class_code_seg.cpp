/* birch: C++; the class whose methods are pageable is called by its timer. */
extern "C" {
#include <ntddk.h>
}

class BirchCounter {
public:
    void Start();
    void Stop();
    static KDEFERRED_ROUTINE Tick;

private:
    __declspec(code_seg("PAGE")) void Publish();

    KTIMER m_timer;
    KDPC m_dpc;
    ULONG m_ticks;
    ULONG m_published;
};

static BirchCounter Birch;

void BirchCounter::Start()
{
    LARGE_INTEGER due;

    due.QuadPart = -1000000LL;
    KeInitializeTimerEx(&m_timer, SynchronizationTimer);
    KeInitializeDpc(&m_dpc, Tick, this);
    KeSetTimerEx(&m_timer, due, 100, &m_dpc);
}

void BirchCounter::Stop()
{
    KeCancelTimer(&m_timer);
    KeFlushQueuedDpcs();
    Publish();
}

void BirchCounter::Publish()
{
    PAGED_CODE();
    m_published = m_ticks;
}

VOID NTAPI
BirchCounter::Tick(PKDPC, PVOID Context, PVOID, PVOID)
{
    BirchCounter *self = static_cast<BirchCounter *>(Context);

    if (++self->m_ticks % 100 == 0) {
        self->Publish(); // EXPECT: irql-paged-code
    }
}

static VOID NTAPI
BirchUnload(PDRIVER_OBJECT)
{
    Birch.Stop();
}

extern "C" NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING)
{
    Birch.Start();
    DriverObject->DriverUnload = BirchUnload;
    return STATUS_SUCCESS;
}
