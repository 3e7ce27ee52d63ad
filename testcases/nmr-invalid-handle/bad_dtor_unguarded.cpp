/*
 * Defect: the destructor of the registration object deregisters even where Register failed.
 * (Twin: ok_dtor_guarded.cpp)
 */
#include <ntddk.h>
#include <netioddk.h>

extern "C" DRIVER_INITIALIZE DriverEntry;
extern "C" DRIVER_UNLOAD WhinchatUnload;

static ULONG WhinchatDispatch = 3;
static struct { PVOID Context; const VOID *Dispatch; } WhinchatPeer;
static NPIID WhinchatNpiId = { 0xbf2ece6c, 0x43d1, 0x4a45, { 0x8d, 0x63, 0xc0, 0x73, 0x95, 0xb7, 0x04, 0x35 } };
static NPI_MODULEID WhinchatModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0xe3dbc995, 0xcde9, 0x4b3a, { 0x82, 0xd8, 0x87, 0xa5, 0x28, 0x68, 0x1f, 0x58 } } } };

static NTSTATUS NTAPI WhinchatAttach(HANDLE Binding, PVOID, PNPI_REGISTRATION_INSTANCE)
{
    return NmrClientAttachProvider(Binding, &WhinchatPeer, &WhinchatDispatch, &WhinchatPeer.Context, &WhinchatPeer.Dispatch);
}

static NTSTATUS NTAPI WhinchatDetach(PVOID)
{
    WhinchatPeer.Dispatch = nullptr;
    return STATUS_SUCCESS;
}

static NPI_CLIENT_CHARACTERISTICS WhinchatClient = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), WhinchatAttach, WhinchatDetach, nullptr,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &WhinchatNpiId, &WhinchatModuleId, 0, nullptr }
};

/* Registered for as long as it lives. */
class Registration {
public:
    Registration() = default;
    Registration(const Registration &) = delete;
    Registration &operator=(const Registration &) = delete;

    NTSTATUS Register()
    {
        NTSTATUS status = NmrRegisterClient(&WhinchatClient, nullptr, &handle_);
        if (!NT_SUCCESS(status)) {
            handle_ = nullptr;
        }
        return status;
    }

    ~Registration()
    {
        if (NmrDeregisterClient(handle_) == STATUS_PENDING) { // EXPECT: nmr-invalid-handle
            NmrWaitForClientDeregisterComplete(handle_);
        }
    }

private:
    HANDLE handle_ = nullptr;
};

/* One look at whether a provider is there. */
static NTSTATUS WhinchatProbe(bool *present)
{
    Registration registration;

    NTSTATUS status = registration.Register();
    if (!NT_SUCCESS(status)) {
        return status;
    }
    *present = WhinchatPeer.Dispatch != nullptr;
    return STATUS_SUCCESS;
}

extern "C" VOID NTAPI WhinchatUnload(PDRIVER_OBJECT)
{
}

extern "C" NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING)
{
    bool present = false;

    NTSTATUS status = WhinchatProbe(&present);
    if (!NT_SUCCESS(status)) {
        return status;
    }
    DriverObject->DriverUnload = WhinchatUnload;
    return present ? STATUS_SUCCESS : STATUS_NOT_FOUND;
}
