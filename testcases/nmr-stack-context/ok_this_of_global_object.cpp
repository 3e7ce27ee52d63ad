/*
 * Good: a method registers `this` as the context, and the object is static.
 * (Twin: bad_this_of_local_object.cpp)
 */
#include <ntddk.h>
#include <netioddk.h>

extern "C" DRIVER_INITIALIZE DriverEntry;
extern "C" DRIVER_UNLOAD TealUnload;

static HANDLE TealHandle;
static ULONG TealDispatch = 1;
static struct { PVOID Context; const VOID *Dispatch; } TealPeer;
static NPIID TealNpiId = { 0x0e42278f, 0xc5cb, 0x49ed, { 0x86, 0xd6, 0x84, 0x4f, 0x1b, 0xab, 0xa6, 0xf7 } };
static NPI_MODULEID TealModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0xd8dd9ef3, 0xd789, 0x44cb, { 0x8a, 0xee, 0x4a, 0x9c, 0xcc, 0x41, 0x90, 0xf6 } } } };

class Watcher {
public:
    constexpr Watcher() = default;
    NTSTATUS Start(ULONG number);

private:
    static NTSTATUS NTAPI Attach(HANDLE binding, PVOID context, PNPI_REGISTRATION_INSTANCE instance)
    {
        auto *self = static_cast<Watcher *>(context);

        if (instance->Number != self->number_) {
            return STATUS_NOINTERFACE;
        }
        return NmrClientAttachProvider(binding, &TealPeer, &TealDispatch, &TealPeer.Context, &TealPeer.Dispatch);
    }

    static NTSTATUS NTAPI Detach(PVOID)
    {
        TealPeer.Dispatch = nullptr;
        return STATUS_SUCCESS;
    }

    static NPI_CLIENT_CHARACTERISTICS client_;
    ULONG number_ = 0;
};

NPI_CLIENT_CHARACTERISTICS Watcher::client_ = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), Watcher::Attach, Watcher::Detach, nullptr,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &TealNpiId, &TealModuleId, 0, nullptr }
};

NTSTATUS Watcher::Start(ULONG number)
{
    number_ = number;
    return NmrRegisterClient(&client_, this, &TealHandle);
}

extern "C" VOID NTAPI TealUnload(PDRIVER_OBJECT)
{
    if (NmrDeregisterClient(TealHandle) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(TealHandle);
    }
}

extern "C" NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING)
{
    static Watcher watcher;

    DriverObject->DriverUnload = TealUnload;
    return watcher.Start(7);
}
