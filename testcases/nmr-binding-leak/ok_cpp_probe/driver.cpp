#include "probe.hpp"

ProbeDriver Probe;

static const WSK_CLIENT_DISPATCH ProbeWskDispatch = { MAKE_WSK_VERSION(1, 0), 0, nullptr };
static PDEVICE_OBJECT ProbeDevice;

bool ProbeDriver::Claim(ProbeBinding *binding)
{
    SpinGuard guard(m_lock);

    if (m_current != nullptr) {
        return false;
    }
    m_current = binding;
    return true;
}

void ProbeDriver::Release(ProbeBinding *binding)
{
    SpinGuard guard(m_lock);

    if (m_current == binding) {
        m_current = nullptr;
    }
}

NTSTATUS ProbeDriver::Measure(ULONG target)
{
    ProbeBinding *binding;
    NTSTATUS status;

    {
        SpinGuard guard(m_lock);

        binding = m_current;
        if (binding == nullptr || !binding->Enter()) {
            return STATUS_DEVICE_NOT_READY;
        }
    }
    status = binding->Measure(target);
    binding->Leave();
    return status;
}

NTSTATUS ProbeDriver::Start()
{
    WSK_CLIENT_NPI npi = { this, &ProbeWskDispatch };
    NTSTATUS status;

    KeInitializeSpinLock(&m_lock);
    m_current = nullptr;
    status = WskRegister(&npi, &m_wsk);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    m_wskRegistered = true;
    status = NmrRegisterClient(&ProbeCharacteristics, this, &m_client);
    if (!NT_SUCCESS(status)) {
        Stop();
        return status;
    }
    m_registered = true;
    return STATUS_SUCCESS;
}

void ProbeDriver::Stop()
{
    if (m_registered) {
        m_registered = false;
        if (NmrDeregisterClient(m_client) == STATUS_PENDING) {
            NmrWaitForClientDeregisterComplete(m_client);
        }
    }
    if (m_wskRegistered) {
        m_wskRegistered = false;
        WskDeregister(&m_wsk);
    }
}

static NTSTATUS NTAPI
ProbeWrite(PDEVICE_OBJECT, PIRP irp)
{
    NTSTATUS status = Probe.Measure(IoGetCurrentIrpStackLocation(irp)->Parameters.Write.Length);

    irp->IoStatus.Status = status;
    irp->IoStatus.Information = 0;
    IoCompleteRequest(irp, IO_NO_INCREMENT);
    return status;
}

static VOID NTAPI
ProbeUnload(PDRIVER_OBJECT)
{
    Probe.Stop();
    IoDeleteDevice(ProbeDevice);
}

extern "C" NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING)
{
    NTSTATUS status;

    status = IoCreateDevice(driver, 0, nullptr, FILE_DEVICE_NETWORK, 0, FALSE, &ProbeDevice);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    status = Probe.Start();
    if (!NT_SUCCESS(status)) {
        IoDeleteDevice(ProbeDevice);
        return status;
    }
    driver->MajorFunction[IRP_MJ_WRITE] = ProbeWrite;
    driver->DriverUnload = ProbeUnload;
    return STATUS_SUCCESS;
}
