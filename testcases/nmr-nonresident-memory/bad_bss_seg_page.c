/*
 * Defect: the context has no initialiser and so goes to the pageable section that bss_seg names.
 * (Twin: ok_bss_seg_pop.c)
 */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD clover_unload;

struct clover {
    volatile LONG clients;
    ULONG limit;
};

#pragma bss_seg(push, clover_seg, "PAGEBSS")
static WCHAR clover_name[64];
static struct clover clover;
#pragma bss_seg(pop, clover_seg)

static HANDLE clover_handle;
static volatile LONG clover_bindings;
static const ULONG clover_dispatch[1] = { 2 };
static const NPIID clover_npi = { 0x609cfafa, 0xf1e5, 0x4e8c, { 0x8f, 0x9b, 0xe8, 0xef, 0xb3, 0x49, 0x93, 0x56 } };
static const NPI_MODULEID clover_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0xe14d75a6, 0x2585, 0x4e6b, { 0x8b, 0xa1, 0x05, 0x84, 0xe2, 0xf2, 0x08, 0x4a } },
};

static NTSTATUS NTAPI clover_attach_client(HANDLE binding, PVOID provider_context, PNPI_REGISTRATION_INSTANCE client, PVOID client_context,
                                           const VOID *client_dispatch, PVOID *binding_context, const VOID **dispatch)
{
    struct clover *c = provider_context;

    (void)binding; (void)client; (void)client_context; (void)client_dispatch;
    if ((ULONG)c->clients >= c->limit)
        return STATUS_NOINTERFACE;
    InterlockedIncrement(&c->clients);
    *binding_context = (PVOID)&clover_bindings;
    *dispatch = clover_dispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI clover_detach_client(PVOID binding_context)
{
    InterlockedIncrement((volatile LONG *)binding_context);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS clover_provider = {
    .Length = sizeof(NPI_PROVIDER_CHARACTERISTICS),
    .ProviderAttachClient = clover_attach_client,
    .ProviderDetachClient = clover_detach_client,
    .ProviderRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &clover_npi, .ModuleId = &clover_module },
};

void NTAPI clover_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    if (NmrDeregisterProvider(clover_handle) == STATUS_PENDING)
        NmrWaitForProviderDeregisterComplete(clover_handle);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    if (path->Length <= sizeof(clover_name))
        RtlCopyMemory(clover_name, path->Buffer, path->Length);
    clover.limit = 4;
    driver->DriverUnload = clover_unload;
    return NmrRegisterProvider(&clover_provider, &clover, &clover_handle); // EXPECT: nmr-nonresident-memory
}
