// Defect: a small wrapper class holds the characteristics; DriverEntry makes its object on the stack.
#include <ntddk.h>
#include <netioddk.h>

extern "C" DRIVER_INITIALIZE DriverEntry;
extern "C" DRIVER_UNLOAD DriverUnload;

static const NPIID KiteNpiId = { 0x4b170001, 0x0a0a, 0x4a0a, { 0x8a, 0x0a, 1, 2, 3, 4, 5, 6 } };
static const NPI_MODULEID KiteModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x4b170002, 0x0a0a, 0x4a0a, { 0x8a, 0x0a, 1, 2, 3, 4, 5, 6 } } } };
static const ULONG KiteDispatch = 1;
static LONG KiteClients;
static HANDLE KiteHandle;

static NTSTATUS NTAPI KiteAttachClient(HANDLE, PVOID, PNPI_REGISTRATION_INSTANCE, PVOID, const VOID *, PVOID *BindingContext, const VOID **Dispatch)
{
    InterlockedIncrement(&KiteClients);
    *BindingContext = nullptr;
    *Dispatch = &KiteDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI KiteDetachClient(PVOID)
{
    InterlockedDecrement(&KiteClients);
    return STATUS_SUCCESS;
}

class ProviderRegistration {
public:
    ProviderRegistration()
    {
        RtlZeroMemory(&m_Chars, sizeof(m_Chars));
        m_Chars.Length = sizeof(m_Chars);
        m_Chars.ProviderAttachClient = KiteAttachClient;
        m_Chars.ProviderDetachClient = KiteDetachClient;
        m_Chars.ProviderRegistrationInstance.Size = sizeof(NPI_REGISTRATION_INSTANCE);
        m_Chars.ProviderRegistrationInstance.NpiId = &KiteNpiId;
        m_Chars.ProviderRegistrationInstance.ModuleId = &KiteModuleId;
    }

    NTSTATUS Register(HANDLE *Handle)
    {
        return NmrRegisterProvider(&m_Chars, nullptr, Handle); // EXPECT: nmr-stack-characteristics
    }

private:
    NPI_PROVIDER_CHARACTERISTICS m_Chars;
};

extern "C" VOID NTAPI DriverUnload(PDRIVER_OBJECT)
{
    if (NmrDeregisterProvider(KiteHandle) == STATUS_PENDING) {
        NmrWaitForProviderDeregisterComplete(KiteHandle);
    }
}

extern "C" NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING)
{
    ProviderRegistration Registration;
    NTSTATUS Status = Registration.Register(&KiteHandle);

    if (NT_SUCCESS(Status)) {
        DriverObject->DriverUnload = DriverUnload;
    }
    return Status;
}
