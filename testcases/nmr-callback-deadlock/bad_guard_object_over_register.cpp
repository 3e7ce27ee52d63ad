// C++: a guard object keeps the push lock over the register call; the attach callback makes one of its own.
extern "C" {
#include <ntddk.h>
#include <netioddk.h>
}

class PushGuard {
public:
    explicit PushGuard(EX_PUSH_LOCK *lock) : m_lock(lock)
    {
        KeEnterCriticalRegion();
        ExAcquirePushLockExclusive(m_lock);
    }
    ~PushGuard()
    {
        ExReleasePushLockExclusive(m_lock);
        KeLeaveCriticalRegion();
    }

private:
    EX_PUSH_LOCK *m_lock;
};

struct GentianModule {
    EX_PUSH_LOCK lock;
    ULONG bindings;
    HANDLE client;
    PVOID peer;
    const VOID *peerDispatch;
};

static GentianModule Gentian;

static const NPIID GentianNpiId = { 0x3e75213d, 0x8947, 0x4d73, { 0x11, 0x68, 0x86, 0x8c, 0x8e, 0x56, 0x76, 0x1b } };
static const NPI_MODULEID GentianModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x712ac500, 0xa7fe, 0x45da, { 0x11, 0xa9, 0x97, 0x08, 0xf6, 0xa5, 0xe4, 0xb2 } } } };

static NTSTATUS NTAPI
GentianAttach(HANDLE nmr, PVOID context, PNPI_REGISTRATION_INSTANCE)
{
    GentianModule *module = static_cast<GentianModule *>(context);

    {
        PushGuard guard(&module->lock);

        if (module->bindings++ != 0) {
            return STATUS_NOINTERFACE;
        }
    }
    return NmrClientAttachProvider(nmr, module, nullptr, &module->peer, &module->peerDispatch);
}

static NTSTATUS NTAPI
GentianDetach(PVOID)
{
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS GentianCharacteristics = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), GentianAttach, GentianDetach, nullptr,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &GentianNpiId, &GentianModuleId, 0, nullptr }
};

static NTSTATUS
GentianStart()
{
    PushGuard guard(&Gentian.lock);

    return NmrRegisterClient(&GentianCharacteristics, &Gentian, &Gentian.client); // EXPECT: nmr-callback-deadlock
}

static VOID NTAPI
GentianUnload(PDRIVER_OBJECT)
{
    if (NmrDeregisterClient(Gentian.client) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(Gentian.client);
    }
}

extern "C" NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING)
{
    ExInitializePushLock(&Gentian.lock);
    driver->DriverUnload = GentianUnload;
    return GentianStart();
}
