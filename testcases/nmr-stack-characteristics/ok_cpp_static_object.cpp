// Good: the wrapper object is a global; its Start and Stop are called from entry and unload.
#include <ntddk.h>
#include <netioddk.h>

extern "C" DRIVER_INITIALIZE DriverEntry;
extern "C" DRIVER_UNLOAD DriverUnload;

static const NPIID MerlinNpiId = { 0x3e410001, 0x0b0b, 0x4b0b, { 0x8b, 0x0b, 1, 2, 3, 4, 5, 6 } };
static const NPI_MODULEID MerlinModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x3e410002, 0x0b0b, 0x4b0b, { 0x8b, 0x0b, 1, 2, 3, 4, 5, 6 } } } };
static const ULONG MerlinDispatch = 1;

struct MerlinPeer {
    PVOID Context;
    const VOID *Dispatch;
};
static MerlinPeer Peer;

static NTSTATUS NTAPI MerlinAttach(HANDLE Binding, PVOID, PNPI_REGISTRATION_INSTANCE)
{
    return NmrClientAttachProvider(Binding, &Peer, &MerlinDispatch, &Peer.Context, &Peer.Dispatch);
}

static NTSTATUS NTAPI MerlinDetach(PVOID)
{
    Peer.Dispatch = nullptr;
    return STATUS_SUCCESS;
}

class ClientRegistration {
public:
    NTSTATUS Start()
    {
        m_Chars.Length = sizeof(m_Chars);
        m_Chars.ClientAttachProvider = MerlinAttach;
        m_Chars.ClientDetachProvider = MerlinDetach;
        m_Chars.ClientRegistrationInstance.Size = sizeof(NPI_REGISTRATION_INSTANCE);
        m_Chars.ClientRegistrationInstance.NpiId = &MerlinNpiId;
        m_Chars.ClientRegistrationInstance.ModuleId = &MerlinModuleId;
        NTSTATUS Status = NmrRegisterClient(&m_Chars, nullptr, &m_Handle);
        if (!NT_SUCCESS(Status)) {
            m_Handle = nullptr;
        }
        return Status;
    }

    void Stop()
    {
        if (m_Handle == nullptr) {
            return;
        }
        if (NmrDeregisterClient(m_Handle) == STATUS_PENDING) {
            NmrWaitForClientDeregisterComplete(m_Handle);
        }
        m_Handle = nullptr;
    }

private:
    NPI_CLIENT_CHARACTERISTICS m_Chars;
    HANDLE m_Handle;
};

static ClientRegistration Registration;

extern "C" VOID NTAPI DriverUnload(PDRIVER_OBJECT)
{
    Registration.Stop();
}

extern "C" NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING)
{
    DriverObject->DriverUnload = DriverUnload;
    return Registration.Start();
}
