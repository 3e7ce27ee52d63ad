// Good: a guard object on the stack ends the registration when the frame is left, whatever the way.
#include <ntddk.h>
#include <netioddk.h>

extern "C" DRIVER_INITIALIZE DriverEntry;
extern "C" DRIVER_UNLOAD BuzzardUnload;

static const NPIID BuzzardNpiId = { 0xb0550001, 0x6a6a, 0x4a6a, { 0x8a, 0x6a, 1, 2, 3, 4, 5, 6 } };
static const NPI_MODULEID BuzzardModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0xb0550002, 0x6a6a, 0x4a6a, { 0x8a, 0x6a, 1, 2, 3, 4, 5, 6 } } } };

struct Finder {
    KEVENT Found;
    ULONG Number;
};

static ULONG BuzzardNumber;

static NTSTATUS NTAPI BuzzardAttach(HANDLE, PVOID ClientContext, PNPI_REGISTRATION_INSTANCE Provider)
{
    auto *F = static_cast<Finder *>(ClientContext);

    F->Number = Provider->Number;
    KeSetEvent(&F->Found, IO_NO_INCREMENT, FALSE);
    return STATUS_NOINTERFACE;
}

static NTSTATUS NTAPI BuzzardDetach(PVOID)
{
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS BuzzardClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), BuzzardAttach, BuzzardDetach, nullptr,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &BuzzardNpiId, &BuzzardModuleId, 0, nullptr }
};

class ClientGuard {
public:
    explicit ClientGuard(HANDLE Handle) : m_Handle(Handle) {}
    ~ClientGuard()
    {
        if (NmrDeregisterClient(m_Handle) == STATUS_PENDING) {
            NmrWaitForClientDeregisterComplete(m_Handle);
        }
    }
    ClientGuard(const ClientGuard &) = delete;
    ClientGuard &operator=(const ClientGuard &) = delete;

private:
    HANDLE m_Handle;
};

static NTSTATUS BuzzardFind(ULONG *Number)
{
    Finder F;
    HANDLE Handle;

    KeInitializeEvent(&F.Found, NotificationEvent, FALSE);
    F.Number = 0;
    NTSTATUS Status = NmrRegisterClient(&BuzzardClient, &F, &Handle);
    if (!NT_SUCCESS(Status)) {
        return Status;
    }
    ClientGuard Guard(Handle);
    LARGE_INTEGER Timeout;
    Timeout.QuadPart = -10 * 1000 * 1000;
    if (KeWaitForSingleObject(&F.Found, Executive, KernelMode, FALSE, &Timeout) == STATUS_TIMEOUT) {
        return STATUS_NOT_FOUND;
    }
    *Number = F.Number;
    return STATUS_SUCCESS;
}

extern "C" VOID NTAPI BuzzardUnload(PDRIVER_OBJECT)
{
}

extern "C" NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING)
{
    DriverObject->DriverUnload = BuzzardUnload;
    return BuzzardFind(&BuzzardNumber);
}
