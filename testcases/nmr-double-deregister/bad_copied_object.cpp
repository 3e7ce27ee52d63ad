/*
 * Defect: the class has no copy constructor of its own, so a copy of the object shares the handle; the destructors of
 * both deregister it.
 * (Twin: ok_moved_object.cpp)
 */
#include <ntddk.h>
#include <netioddk.h>

extern "C" DRIVER_INITIALIZE DriverEntry;
extern "C" DRIVER_UNLOAD OakUnload;

static ULONG OakDispatch = 1;
static struct { PVOID Context; const VOID *Dispatch; } OakPeer;
static NPIID OakNpiId = { 0xb4a8b3ef, 0xd12c, 0x43b0, { 0x8a, 0x67, 0xd8, 0x5c, 0xe4, 0xb1, 0xea, 0x14 } };
static NPI_MODULEID OakModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x85e170c1, 0xe9b9, 0x44b2, { 0x89, 0x3a, 0xdf, 0x03, 0x5f, 0x2a, 0x58, 0xb5 } } } };

static NTSTATUS NTAPI OakAttach(HANDLE Binding, PVOID, PNPI_REGISTRATION_INSTANCE)
{
    return NmrClientAttachProvider(Binding, &OakPeer, &OakDispatch, &OakPeer.Context, &OakPeer.Dispatch);
}

static NTSTATUS NTAPI OakDetach(PVOID)
{
    OakPeer.Dispatch = nullptr;
    return STATUS_SUCCESS;
}

static NPI_CLIENT_CHARACTERISTICS OakClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), OakAttach, OakDetach, nullptr,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &OakNpiId, &OakModuleId, 0, nullptr }
};

class Registration {
public:
    Registration() = default;
    ~Registration()
    {
        if (handle_ != nullptr) {
            if (NmrDeregisterClient(handle_) == STATUS_PENDING) { // EXPECT: nmr-double-deregister
                NmrWaitForClientDeregisterComplete(handle_);
            }
        }
    }

    NTSTATUS Register()
    {
        NTSTATUS status = NmrRegisterClient(&OakClient, nullptr, &handle_);
        if (!NT_SUCCESS(status)) {
            handle_ = nullptr;
        }
        return status;
    }

private:
    HANDLE handle_ = nullptr;
};

static NTSTATUS OakProbe()
{
    Registration first;

    NTSTATUS status = first.Register();
    if (!NT_SUCCESS(status)) {
        return status;
    }
    Registration second(first);
    return OakPeer.Dispatch != nullptr ? STATUS_SUCCESS : STATUS_NOT_FOUND;
}

extern "C" VOID NTAPI OakUnload(PDRIVER_OBJECT)
{
}

extern "C" NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING)
{
    DriverObject->DriverUnload = OakUnload;
    return OakProbe();
}
