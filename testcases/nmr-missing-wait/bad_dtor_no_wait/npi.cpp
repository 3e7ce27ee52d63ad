/*
 * Defect: the destructor starts the deregistration and does not wait for it.
 * (Twin: ok_dtor_waits)
 */
#include "npi.hpp"

static constexpr ULONG kTag = 'eehC';
static ULONG dispatchTable[2] = { 8, 1 };
static volatile LONG clients;
static NPIID npiId = { 0xc6cc49ce, 0x6422, 0x40b3, { 0x80, 0x59, 0xa3, 0x97, 0xd2, 0x18, 0x91, 0xd5 } };
static NPI_MODULEID moduleId = { sizeof(NPI_MODULEID), MIT_GUID, { { 0xc2d82537, 0x853a, 0x486b, { 0x8d, 0x0c, 0xac, 0x53, 0x66, 0x1f, 0xe8, 0x0b } } } };

static NTSTATUS NTAPI AttachClient(HANDLE, PVOID, PNPI_REGISTRATION_INSTANCE, PVOID, const VOID *, PVOID *context, const VOID **dispatch)
{
    InterlockedIncrement(&clients);
    *context = nullptr;
    *dispatch = dispatchTable;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI DetachClient(PVOID)
{
    InterlockedDecrement(&clients);
    return STATUS_SUCCESS;
}

static NPI_PROVIDER_CHARACTERISTICS provider = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), AttachClient, DetachClient, nullptr,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &npiId, &moduleId, 0, nullptr }
};

void *Provider::operator new(size_t size)
{
    return ExAllocatePool2(POOL_FLAG_NON_PAGED, size, kTag);
}

void Provider::operator delete(void *p)
{
    if (p != nullptr) {
        ExFreePoolWithTag(p, kTag);
    }
}

NTSTATUS Provider::Start()
{
    NTSTATUS status = NmrRegisterProvider(&provider, nullptr, &handle_);
    if (!NT_SUCCESS(status)) {
        handle_ = nullptr;
    }
    return status;
}

Provider::~Provider()
{
    if (handle_ != nullptr) {
        NmrDeregisterProvider(handle_); // EXPECT: nmr-missing-wait
    }
}
