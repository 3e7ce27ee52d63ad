/* Defect: deregistered, then freed, never waited for: one finding, at the deregister call. */
#include <ntddk.h>
#include <netioddk.h>

#define STOAT_TAG 'aotS'

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD stoat_unload;

static const NPIID stoat_npi = { 0x4cbf18c5, 0x90da, 0x494c, { 0x1a, 0x6f, 0x9a, 0x02, 0xdf, 0x55, 0x8f, 0x72 } };
static const NPI_MODULEID stoat_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0x63abcfeb, 0x0bf1, 0x46bb, { 0xb8, 0x28, 0xad, 0x61, 0x42, 0xcf, 0x19, 0x6f } },
};
static const ULONG stoat_dispatch = 1;
static struct { PVOID context; const VOID *dispatch; } stoat_peer;

static NTSTATUS NTAPI stoat_attach(HANDLE binding, PVOID context, PNPI_REGISTRATION_INSTANCE provider)
{
    (void)context;
    (void)provider;
    return NmrClientAttachProvider(binding, &stoat_peer, &stoat_dispatch, &stoat_peer.context, &stoat_peer.dispatch);
}

static NTSTATUS NTAPI stoat_detach(PVOID binding_context)
{
    (void)binding_context;
    stoat_peer.dispatch = NULL;
    return STATUS_SUCCESS;
}

typedef struct stoat {
    NPI_CLIENT_CHARACTERISTICS chars;
    HANDLE nmr;
} stoat_t;

static stoat_t *stoat;

static void stoat_destroy(stoat_t *s)
{
    NTSTATUS status;

    status = NmrDeregisterClient(s->nmr); // EXPECT: nmr-missing-wait
    NT_ASSERT(status == STATUS_PENDING);
    UNREFERENCED_PARAMETER(status);
    ExFreePoolWithTag(s, STOAT_TAG);
}

static NTSTATUS stoat_create(stoat_t **result)
{
    stoat_t *s = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*s), STOAT_TAG);
    NTSTATUS status;

    if (s == NULL)
        return STATUS_NO_MEMORY;
    s->chars.Length = sizeof(s->chars);
    s->chars.ClientAttachProvider = stoat_attach;
    s->chars.ClientDetachProvider = stoat_detach;
    s->chars.ClientRegistrationInstance.Size = sizeof(NPI_REGISTRATION_INSTANCE);
    s->chars.ClientRegistrationInstance.NpiId = &stoat_npi;
    s->chars.ClientRegistrationInstance.ModuleId = &stoat_module;
    status = NmrRegisterClient(&s->chars, s, &s->nmr);
    if (!NT_SUCCESS(status)) {
        ExFreePoolWithTag(s, STOAT_TAG);
        return status;
    }
    *result = s;
    return STATUS_SUCCESS;
}

void NTAPI stoat_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    stoat_destroy(stoat);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    (void)path;
    driver->DriverUnload = stoat_unload;
    return stoat_create(&stoat);
}
