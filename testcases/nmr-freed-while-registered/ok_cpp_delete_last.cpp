/*
 * Good: unload deletes the C++ object that is the registration's context after the wait.
 * (Twin: bad_cpp_delete_first.cpp)
 */
#include <ntddk.h>
#include <netioddk.h>

extern "C" DRIVER_INITIALIZE DriverEntry;
extern "C" DRIVER_UNLOAD DriverUnload;

namespace {

constexpr ULONG kTag = 'htrT';

class Thrush {
public:
    static void *operator new(size_t size) { return ExAllocatePool2(POOL_FLAG_NON_PAGED, size, kTag); }
    static void operator delete(void *p)
    {
        if (p != nullptr) {
            ExFreePoolWithTag(p, kTag);
        }
    }

    void Attached() { InterlockedIncrement(&bindings_); }
    void Detached() { InterlockedDecrement(&bindings_); }

    PVOID peerContext = nullptr;
    const VOID *peerDispatch = nullptr;

private:
    volatile LONG bindings_ = 0;
};

ULONG dispatch = 1;
NPIID npiId = { 0x0aa86c05, 0x1f98, 0x4b9e, { 0x85, 0x10, 0xb3, 0x1f, 0x40, 0x9d, 0x4a, 0x7a } };
NPI_MODULEID moduleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0x844cfb1d, 0x8145, 0x4e9f, { 0x8f, 0x55, 0x79, 0x1f, 0x60, 0x36, 0xaf, 0x3e } } } };

NTSTATUS NTAPI Attach(HANDLE binding, PVOID context, PNPI_REGISTRATION_INSTANCE)
{
    auto *thrush = static_cast<Thrush *>(context);

    thrush->Attached();
    return NmrClientAttachProvider(binding, thrush, &dispatch, &thrush->peerContext, &thrush->peerDispatch);
}

NTSTATUS NTAPI Detach(PVOID context)
{
    static_cast<Thrush *>(context)->Detached();
    return STATUS_SUCCESS;
}

NPI_CLIENT_CHARACTERISTICS client = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), Attach, Detach, nullptr,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &npiId, &moduleId, 0, nullptr }
};

Thrush *instance;
HANDLE handle;

} // namespace

extern "C" VOID NTAPI DriverUnload(PDRIVER_OBJECT)
{
    if (NmrDeregisterClient(handle) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(handle);
    }
    delete instance;
}

extern "C" NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING)
{
    instance = new Thrush;
    if (instance == nullptr) {
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    NTSTATUS status = NmrRegisterClient(&client, instance, &handle);
    if (!NT_SUCCESS(status)) {
        delete instance;
        return status;
    }
    driver->DriverUnload = DriverUnload;
    return STATUS_SUCCESS;
}
