// Defect: the class has a destructor, which forgets the registration whose handle it holds.
#include <ntddk.h>
#include <netioddk.h>

extern "C" DRIVER_INITIALIZE DriverEntry;
extern "C" DRIVER_UNLOAD OspreyUnload;

static const NPIID OspreyNpiId = { 0x05b40001, 0x5b5b, 0x4a5b, { 0x8a, 0x5b, 1, 2, 3, 4, 5, 6 } };
static const NPI_MODULEID OspreyModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x05b40002, 0x5b5b, 0x4a5b, { 0x8a, 0x5b, 1, 2, 3, 4, 5, 6 } } } };
static const ULONG OspreyDispatch = 1;
static LONG OspreyClients;

static NTSTATUS NTAPI OspreyAttachClient(HANDLE, PVOID, PNPI_REGISTRATION_INSTANCE, PVOID, const VOID *, PVOID *BindingContext, const VOID **Dispatch)
{
    InterlockedIncrement(&OspreyClients);
    *BindingContext = nullptr;
    *Dispatch = &OspreyDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI OspreyDetachClient(PVOID)
{
    InterlockedDecrement(&OspreyClients);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS OspreyProvider = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), OspreyAttachClient, OspreyDetachClient, nullptr,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &OspreyNpiId, &OspreyModuleId, 0, nullptr }
};

class Osprey {
public:
    NTSTATUS Start()
    {
        m_Buffer = ExAllocatePool2(POOL_FLAG_NON_PAGED, 256, 'rpsO');
        if (m_Buffer == nullptr) {
            return STATUS_INSUFFICIENT_RESOURCES;
        }
        NTSTATUS Status = NmrRegisterProvider(&OspreyProvider, nullptr, &m_Handle); // EXPECT: nmr-missing-deregister
        if (!NT_SUCCESS(Status)) {
            m_Handle = nullptr;
            Stop();
        }
        return Status;
    }
    void Stop()
    {
        if (m_Buffer != nullptr) {
            ExFreePoolWithTag(m_Buffer, 'rpsO');
            m_Buffer = nullptr;
        }
    }

private:
    PVOID m_Buffer;
    HANDLE m_Handle;
};

static Osprey g_Osprey;

extern "C" VOID NTAPI OspreyUnload(PDRIVER_OBJECT)
{
    g_Osprey.Stop();
}

extern "C" NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING)
{
    DriverObject->DriverUnload = OspreyUnload;
    return g_Osprey.Start();
}
