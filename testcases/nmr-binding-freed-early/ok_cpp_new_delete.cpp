// C++: bindings are objects made by the driver's own operator new, and deleted in the cleanup callback.
extern "C" {
#include <ntddk.h>
#include <netioddk.h>
}

static const ULONG KnapweedTag = 'wnpK';

class KnapweedBinding {
public:
    explicit KnapweedBinding(HANDLE nmr) : m_nmr(nmr), m_peer(nullptr), m_peerDispatch(nullptr) { }

    NTSTATUS Attach() { return NmrClientAttachProvider(m_nmr, this, nullptr, &m_peer, &m_peerDispatch); }
    void Forget() { m_peerDispatch = nullptr; }

    static void *operator new(size_t size) { return ExAllocatePoolWithTag(NonPagedPoolNx, size, KnapweedTag); }
    static void operator delete(void *p) { ExFreePoolWithTag(p, KnapweedTag); }

private:
    HANDLE m_nmr;
    PVOID m_peer;
    const VOID *m_peerDispatch;
};

static const NPIID KnapweedNpiId = { 0x351128c3, 0x6b14, 0x4017, { 0xad, 0xb0, 0xa4, 0x8b, 0x59, 0x11, 0xfc, 0xc2 } };
static const NPI_MODULEID KnapweedModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0xfb4fbe38, 0xa7b0, 0x4a1f, { 0xc3, 0xff, 0xfd, 0xd1, 0xe0, 0x23, 0x38, 0x1a } } } };

static NTSTATUS NTAPI
KnapweedAttach(HANDLE nmr, PVOID, PNPI_REGISTRATION_INSTANCE)
{
    PVOID memory = KnapweedBinding::operator new(sizeof(KnapweedBinding));
    KnapweedBinding *binding;
    NTSTATUS status;

    if (memory == nullptr) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    binding = static_cast<KnapweedBinding *>(memory);
    RtlZeroMemory(memory, sizeof(KnapweedBinding));
    *binding = KnapweedBinding(nmr);
    status = binding->Attach();
    if (!NT_SUCCESS(status)) {
        delete binding;
    }
    return status;
}

static NTSTATUS NTAPI
KnapweedDetach(PVOID context)
{
    static_cast<KnapweedBinding *>(context)->Forget();
    return STATUS_SUCCESS;
}

static VOID NTAPI
KnapweedCleanup(PVOID context)
{
    delete static_cast<KnapweedBinding *>(context);
}

static const NPI_CLIENT_CHARACTERISTICS KnapweedCharacteristics = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), KnapweedAttach, KnapweedDetach, KnapweedCleanup,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &KnapweedNpiId, &KnapweedModuleId, 0, nullptr }
};

static HANDLE KnapweedClient;

static VOID NTAPI
KnapweedUnload(PDRIVER_OBJECT)
{
    if (NmrDeregisterClient(KnapweedClient) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(KnapweedClient);
    }
}

extern "C" NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING)
{
    driver->DriverUnload = KnapweedUnload;
    return NmrRegisterClient(&KnapweedCharacteristics, nullptr, &KnapweedClient);
}
