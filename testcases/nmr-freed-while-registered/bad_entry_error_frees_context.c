/*
 * Defect: when the symbolic link fails, the error path frees the registration's context and returns; the registration
 * is never ended on that path.
 * (Twin: ok_entry_error_ends_then_frees.c)
 */
#include <ntddk.h>
#include <netioddk.h>

#define KESTREL_TAG 'rtsK'

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD kestrel_unload;

struct kestrel {
    volatile LONG seen;
    HANDLE handle;
    PVOID peer_context;
    const VOID *peer_dispatch;
};

static struct kestrel *kestrel;
static const ULONG kestrel_dispatch = 2;
static UNICODE_STRING kestrel_link = RTL_CONSTANT_STRING(L"\\DosDevices\\Kestrel");
static UNICODE_STRING kestrel_target = RTL_CONSTANT_STRING(L"\\Device\\Null");
static const NPIID kestrel_npi = { 0x32a255a5, 0xa972, 0x4b07, { 0x85, 0xc0, 0x1d, 0xf6, 0x46, 0xf1, 0x29, 0x03 } };
static const NPI_MODULEID kestrel_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0xd9e58e35, 0x8f74, 0x4434, { 0x8c, 0x59, 0x38, 0xee, 0xba, 0x55, 0x9d, 0xe4 } },
};

static NTSTATUS NTAPI kestrel_attach(HANDLE binding, PVOID context, PNPI_REGISTRATION_INSTANCE instance)
{
    struct kestrel *k = context;

    (void)instance;
    InterlockedIncrement(&k->seen);
    return NmrClientAttachProvider(binding, k, &kestrel_dispatch, &k->peer_context, &k->peer_dispatch);
}

static NTSTATUS NTAPI kestrel_detach(PVOID binding_context)
{
    struct kestrel *k = binding_context;

    InterlockedDecrement(&k->seen);
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS kestrel_client = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = kestrel_attach,
    .ClientDetachProvider = kestrel_detach,
    .ClientRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &kestrel_npi, .ModuleId = &kestrel_module },
};

void NTAPI kestrel_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    IoDeleteSymbolicLink(&kestrel_link);
    if (NmrDeregisterClient(kestrel->handle) == STATUS_PENDING)
        NmrWaitForClientDeregisterComplete(kestrel->handle);
    ExFreePoolWithTag(kestrel, KESTREL_TAG);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    NTSTATUS status;

    (void)path;
    kestrel = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*kestrel), KESTREL_TAG);
    if (!kestrel)
        return STATUS_INSUFFICIENT_RESOURCES;

    status = NmrRegisterClient(&kestrel_client, kestrel, &kestrel->handle);
    if (!NT_SUCCESS(status))
        goto free_context;

    status = IoCreateSymbolicLink(&kestrel_link, &kestrel_target);
    if (!NT_SUCCESS(status))
        goto free_context;

    driver->DriverUnload = kestrel_unload;
    return STATUS_SUCCESS;

free_context:
    ExFreePoolWithTag(kestrel, KESTREL_TAG); // EXPECT: nmr-freed-while-registered
    return status;
}
