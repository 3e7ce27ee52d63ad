/*
 * Defect: the context is a member of a larger allocation, which is found again with CONTAINING_RECORD and freed before
 * the registration is ended.
 * (Twin: ok_containing_record.c)
 */
#include <ntddk.h>
#include <netioddk.h>

#define SISKIN_TAG 'ksiS'

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD siskin_unload;

struct siskin_core {
    volatile LONG bindings;
    PVOID peer_context;
    const VOID *peer_dispatch;
};

struct siskin {
    LIST_ENTRY link;
    HANDLE client;
    struct siskin_core core;
};

static LIST_ENTRY siskin_list = { &siskin_list, &siskin_list };
static const ULONG siskin_dispatch = 1;
static const NPIID siskin_npi = { 0x23d52b16, 0x82cd, 0x4752, { 0x89, 0xd4, 0xcf, 0x05, 0x36, 0x99, 0x86, 0xb9 } };
static const NPI_MODULEID siskin_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0x0a785a1f, 0x67e2, 0x462b, { 0x8e, 0x03, 0x61, 0xeb, 0x79, 0x77, 0xa6, 0xc0 } },
};

static NTSTATUS NTAPI siskin_attach(HANDLE binding, PVOID context, PNPI_REGISTRATION_INSTANCE instance)
{
    struct siskin_core *core = context;

    (void)instance;
    InterlockedIncrement(&core->bindings);
    return NmrClientAttachProvider(binding, core, &siskin_dispatch, &core->peer_context, &core->peer_dispatch);
}

static NTSTATUS NTAPI siskin_detach(PVOID binding_context)
{
    struct siskin_core *core = binding_context;

    InterlockedDecrement(&core->bindings);
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS siskin_client = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = siskin_attach,
    .ClientDetachProvider = siskin_detach,
    .ClientRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &siskin_npi, .ModuleId = &siskin_module },
};

static void siskin_remove(LIST_ENTRY *entry)
{
    struct siskin *s = CONTAINING_RECORD(entry, struct siskin, link);
    HANDLE client = s->client;

    RemoveEntryList(entry);
    ExFreePoolWithTag(s, SISKIN_TAG); // EXPECT: nmr-freed-while-registered
    if (NmrDeregisterClient(client) == STATUS_PENDING)
        NmrWaitForClientDeregisterComplete(client);
}

void NTAPI siskin_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    while (!IsListEmpty(&siskin_list))
        siskin_remove(siskin_list.Flink);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    struct siskin *s;
    NTSTATUS status;

    (void)path;
    s = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*s), SISKIN_TAG);
    if (!s)
        return STATUS_INSUFFICIENT_RESOURCES;
    status = NmrRegisterClient(&siskin_client, &s->core, &s->client);
    if (!NT_SUCCESS(status)) {
        ExFreePoolWithTag(s, SISKIN_TAG);
        return status;
    }
    InsertTailList(&siskin_list, &s->link);
    driver->DriverUnload = siskin_unload;
    return STATUS_SUCCESS;
}
