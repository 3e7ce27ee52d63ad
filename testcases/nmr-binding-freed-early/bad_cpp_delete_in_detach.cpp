// C++: the detach callback deletes the binding.
extern "C" {
#include <ntddk.h>
#include <netioddk.h>
}

struct LupinBinding {
    HANDLE nmr;
    PVOID peer;
    const VOID *peerDispatch;

    static void *operator new(size_t size) noexcept { return ExAllocatePoolWithTag(NonPagedPoolNx, size, 'nipL'); }
    static void operator delete(void *p) { ExFreePoolWithTag(p, 'nipL'); }
};

static const NPIID LupinNpiId = { 0xc2c7fdfa, 0x894f, 0x426f, { 0x0b, 0xc2, 0xc7, 0xd3, 0x55, 0x0f, 0xb4, 0x25 } };
static const NPI_MODULEID LupinModuleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x1f14ad74, 0x9484, 0x420c, { 0x13, 0x15, 0xc7, 0xf5, 0xf5, 0xea, 0xe5, 0xac } } } };

static NTSTATUS NTAPI
LupinAttach(HANDLE nmr, PVOID, PNPI_REGISTRATION_INSTANCE)
{
    LupinBinding *binding = new LupinBinding();
    NTSTATUS status;

    if (binding == nullptr) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    binding->nmr = nmr;
    status = NmrClientAttachProvider(nmr, binding, nullptr, &binding->peer, &binding->peerDispatch);
    if (!NT_SUCCESS(status)) {
        delete binding;
    }
    return status;
}

static NTSTATUS NTAPI
LupinDetach(PVOID context)
{
    LupinBinding *binding = static_cast<LupinBinding *>(context);

    binding->peerDispatch = nullptr;
    delete binding; // EXPECT: nmr-binding-freed-early
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS LupinCharacteristics = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), LupinAttach, LupinDetach, nullptr,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &LupinNpiId, &LupinModuleId, 0, nullptr }
};

static HANDLE LupinClient;

static VOID NTAPI
LupinUnload(PDRIVER_OBJECT)
{
    if (NmrDeregisterClient(LupinClient) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(LupinClient);
    }
}

extern "C" NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING)
{
    driver->DriverUnload = LupinUnload;
    return NmrRegisterClient(&LupinCharacteristics, nullptr, &LupinClient);
}
