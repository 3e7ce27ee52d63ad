/* rowan: C++; a guard object releases on every way out. */
extern "C" {
#include <ntddk.h>
}

class RowanGuard {
public:
    explicit RowanGuard(PKSPIN_LOCK Lock) : m_lock(Lock) { KeAcquireSpinLock(m_lock, &m_irql); }
    ~RowanGuard() { KeReleaseSpinLock(m_lock, m_irql); }
    RowanGuard(const RowanGuard &) = delete;
    RowanGuard &operator=(const RowanGuard &) = delete;

private:
    PKSPIN_LOCK m_lock;
    KIRQL m_irql;
};

static KSPIN_LOCK RowanLock;
static ULONG RowanValues[8];
static PDEVICE_OBJECT RowanDevice;

static NTSTATUS RowanPut(ULONG Slot, ULONG Value)
{
    RowanGuard guard(&RowanLock);

    if (Slot >= ARRAYSIZE(RowanValues)) {
        return STATUS_INVALID_PARAMETER;
    }
    if (RowanValues[Slot] != 0) {
        return STATUS_OBJECT_NAME_EXISTS;
    }
    RowanValues[Slot] = Value;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
RowanWrite(PDEVICE_OBJECT, PIRP Irp)
{
    NTSTATUS status = RowanPut(IoGetCurrentIrpStackLocation(Irp)->Parameters.Write.Length, 1);
    LARGE_INTEGER pause;

    pause.QuadPart = -10000;
    if (!NT_SUCCESS(status)) {
        KeDelayExecutionThread(KernelMode, FALSE, &pause);
    }
    Irp->IoStatus.Status = status;
    Irp->IoStatus.Information = 0;
    IoCompleteRequest(Irp, IO_NO_INCREMENT);
    return status;
}

static VOID NTAPI
RowanUnload(PDRIVER_OBJECT)
{
    IoDeleteDevice(RowanDevice);
}

extern "C" NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING)
{
    KeInitializeSpinLock(&RowanLock);
    DriverObject->MajorFunction[IRP_MJ_WRITE] = RowanWrite;
    DriverObject->DriverUnload = RowanUnload;
    return IoCreateDevice(DriverObject, 0, NULL, FILE_DEVICE_UNKNOWN, 0, FALSE, &RowanDevice);
}
