#pragma once
extern "C" {
#include <ntddk.h>
#include <netioddk.h>
#include <wsk.h>
}

class SpinGuard {
public:
    explicit SpinGuard(KSPIN_LOCK &lock) : m_lock(lock) { KeAcquireInStackQueuedSpinLock(&m_lock, &m_queue); }
    ~SpinGuard() { KeReleaseInStackQueuedSpinLock(&m_queue); }
    SpinGuard(const SpinGuard &) = delete;

private:
    KSPIN_LOCK &m_lock;
    KLOCK_QUEUE_HANDLE m_queue;
};

struct ProbeProviderDispatch {
    USHORT version;
    NTSTATUS (NTAPI *measure)(PVOID context, ULONG target);
};

class ProbeBinding {
public:
    static ProbeBinding *Create(HANDLE nmr);
    static void Destroy(ProbeBinding *binding);

    NTSTATUS Attach();
    bool Enter();
    void Leave();
    NTSTATUS Detach();
    NTSTATUS Measure(ULONG target) { return m_provider->measure(m_context, target); }

private:
    KSPIN_LOCK m_lock;
    ULONG m_calls;
    bool m_detaching;
    HANDLE m_nmr;
    PVOID m_context;
    const ProbeProviderDispatch *m_provider;
};

class ProbeDriver {
public:
    NTSTATUS Start();
    void Stop();
    NTSTATUS Measure(ULONG target);
    bool Claim(ProbeBinding *binding);
    void Release(ProbeBinding *binding);

private:
    KSPIN_LOCK m_lock;
    ProbeBinding *m_current;
    HANDLE m_client;
    WSK_REGISTRATION m_wsk;
    bool m_wskRegistered;
    bool m_registered;
};

extern ProbeDriver Probe;
extern const NPI_CLIENT_CHARACTERISTICS ProbeCharacteristics;
