// Good: a class whose destructor ends the registration; entry creates it with placement new in the pool, unload deletes it.
#include <ntddk.h>
#include <netioddk.h>

extern "C" DRIVER_INITIALIZE DriverEntry;
extern "C" DRIVER_UNLOAD HarrierUnload;

static const NPIID HarrierNpiId = { 0x8a440001, 0x5a5a, 0x4a5a, { 0x8a, 0x5a, 1, 2, 3, 4, 5, 6 } };
static const NPI_MODULEID HarrierModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x8a440002, 0x5a5a, 0x4a5a, { 0x8a, 0x5a, 1, 2, 3, 4, 5, 6 } } } };
static const ULONG HarrierDispatch = 1;
static LONG HarrierClients;
constexpr ULONG HarrierTag = 'rraH';

void *operator new(size_t Size, POOL_FLAGS Flags, ULONG Tag) noexcept
{
    return ExAllocatePool2(Flags, Size, Tag);
}

void operator delete(void *Memory, size_t) noexcept
{
    if (Memory != nullptr) {
        ExFreePool(Memory);
    }
}

static NTSTATUS NTAPI HarrierAttachClient(HANDLE, PVOID, PNPI_REGISTRATION_INSTANCE, PVOID, const VOID *, PVOID *BindingContext, const VOID **Dispatch)
{
    InterlockedIncrement(&HarrierClients);
    *BindingContext = nullptr;
    *Dispatch = &HarrierDispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI HarrierDetachClient(PVOID)
{
    InterlockedDecrement(&HarrierClients);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS HarrierProvider = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), HarrierAttachClient, HarrierDetachClient, nullptr,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &HarrierNpiId, &HarrierModuleId, 0, nullptr }
};

class Harrier {
public:
    Harrier() noexcept : m_Handle(nullptr) {}
    ~Harrier()
    {
        if (m_Handle != nullptr) {
            if (NmrDeregisterProvider(m_Handle) == STATUS_PENDING) {
                NmrWaitForProviderDeregisterComplete(m_Handle);
            }
        }
    }
    NTSTATUS Initialize() noexcept
    {
        NTSTATUS Status = NmrRegisterProvider(&HarrierProvider, nullptr, &m_Handle);

        if (!NT_SUCCESS(Status)) {
            m_Handle = nullptr;
        }
        return Status;
    }

private:
    HANDLE m_Handle;
};

static Harrier *g_Harrier;

extern "C" VOID NTAPI HarrierUnload(PDRIVER_OBJECT)
{
    delete g_Harrier;
    g_Harrier = nullptr;
}

extern "C" NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT DriverObject, PUNICODE_STRING)
{
    auto *Instance = new (POOL_FLAG_NON_PAGED, HarrierTag) Harrier();
    if (Instance == nullptr) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    NTSTATUS Status = Instance->Initialize();
    if (!NT_SUCCESS(Status)) {
        delete Instance;
        return Status;
    }
    g_Harrier = Instance;
    DriverObject->DriverUnload = HarrierUnload;
    return STATUS_SUCCESS;
}
