#include "probe.hpp"

static const ULONG ProbeTag = 'borP';

ProbeBinding *ProbeBinding::Create(HANDLE nmr)
{
    ProbeBinding *binding = static_cast<ProbeBinding *>(ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(ProbeBinding), ProbeTag));

    if (binding != nullptr) {
        KeInitializeSpinLock(&binding->m_lock);
        binding->m_nmr = nmr;
    }
    return binding;
}

void ProbeBinding::Destroy(ProbeBinding *binding)
{
    ExFreePoolWithTag(binding, ProbeTag);
}

NTSTATUS ProbeBinding::Attach()
{
    return NmrClientAttachProvider(m_nmr, this, nullptr, &m_context, reinterpret_cast<const VOID **>(&m_provider));
}

bool ProbeBinding::Enter()
{
    SpinGuard guard(m_lock);

    if (m_detaching) {
        return false;
    }
    m_calls++;
    return true;
}

void ProbeBinding::Leave()
{
    HANDLE handle = nullptr;

    {
        SpinGuard guard(m_lock);

        if (--m_calls == 0 && m_detaching) {
            handle = m_nmr;
        }
    }
    if (handle != nullptr) {
        NmrClientDetachProviderComplete(handle);
    }
}

NTSTATUS ProbeBinding::Detach()
{
    SpinGuard guard(m_lock);

    m_detaching = true;
    return m_calls != 0 ? STATUS_PENDING : STATUS_SUCCESS;
}

static NTSTATUS NTAPI
ProbeAttachProvider(HANDLE nmr, PVOID context, PNPI_REGISTRATION_INSTANCE)
{
    ProbeDriver *driver = static_cast<ProbeDriver *>(context);
    ProbeBinding *binding = ProbeBinding::Create(nmr);
    NTSTATUS status;

    if (binding == nullptr) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    if (!driver->Claim(binding)) {
        ProbeBinding::Destroy(binding);
        return STATUS_NOINTERFACE;
    }
    status = binding->Attach();
    if (!NT_SUCCESS(status)) {
        driver->Release(binding);
        ProbeBinding::Destroy(binding);
    }
    return status;
}

static NTSTATUS NTAPI
ProbeDetachProvider(PVOID context)
{
    ProbeBinding *binding = static_cast<ProbeBinding *>(context);

    Probe.Release(binding);
    NTSTATUS status = binding->Detach();

    if (status == STATUS_SUCCESS) {
        ProbeBinding::Destroy(binding); // EXPECT: nmr-binding-freed-early
    }
    return status;
}

static VOID NTAPI
ProbeCleanup(PVOID context)
{
    ProbeBinding::Destroy(static_cast<ProbeBinding *>(context));
}

static const NPIID ProbeNpiId = { 0xf77f9fd2, 0x3080, 0x434a, { 0xfd, 0xac, 0x21, 0x68, 0x1a, 0xaf, 0x9c, 0xce } };
static const NPI_MODULEID ProbeModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x444efa1e, 0xee64, 0x48d2, { 0xdf, 0xe5, 0x7c, 0x09, 0xbe, 0x22, 0x14, 0x1b } } } };

extern const NPI_CLIENT_CHARACTERISTICS ProbeCharacteristics = {
    0,
    sizeof(NPI_CLIENT_CHARACTERISTICS),
    ProbeAttachProvider,
    ProbeDetachProvider,
    ProbeCleanup,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &ProbeNpiId, &ProbeModuleId, 0, nullptr }
};
