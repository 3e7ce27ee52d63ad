/*
 * Good: the context is taken from a non-paged lookaside list.
 * (Twin: bad_paged_lookaside.c)
 */
#include <ntddk.h>
#include <netioddk.h>

#define BRAMBLE_TAG 'marB'

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD bramble_unload;

struct bramble { volatile LONG seen; };

static NPAGED_LOOKASIDE_LIST bramble_list;
static struct bramble *bramble;
static HANDLE bramble_handle;
static struct { PVOID context; const VOID *dispatch; } bramble_peer;
static const ULONG bramble_dispatch = 1;
static const NPIID bramble_npi = { 0x24f7f14c, 0x22b6, 0x451e, { 0x88, 0x49, 0xf3, 0xfd, 0x66, 0xff, 0xba, 0x00 } };
static const NPI_MODULEID bramble_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0xcec3e062, 0x0f95, 0x488e, { 0x86, 0xc9, 0x34, 0xb5, 0xa5, 0x78, 0xfb, 0xae } },
};

static NTSTATUS NTAPI bramble_attach(HANDLE binding, PVOID context, PNPI_REGISTRATION_INSTANCE instance)
{
    struct bramble *b = context;

    (void)instance;
    InterlockedIncrement(&b->seen);
    return NmrClientAttachProvider(binding, &bramble_peer, &bramble_dispatch, &bramble_peer.context, &bramble_peer.dispatch);
}

static NTSTATUS NTAPI bramble_detach(PVOID binding_context)
{
    (void)binding_context;
    bramble_peer.dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS bramble_client = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = bramble_attach,
    .ClientDetachProvider = bramble_detach,
    .ClientRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &bramble_npi, .ModuleId = &bramble_module },
};

static void bramble_free(void)
{
    ExFreeToNPagedLookasideList(&bramble_list, bramble);
    ExDeleteNPagedLookasideList(&bramble_list);
}

void NTAPI bramble_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    if (NmrDeregisterClient(bramble_handle) == STATUS_PENDING)
        NmrWaitForClientDeregisterComplete(bramble_handle);
    bramble_free();
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    NTSTATUS status;

    (void)path;
    ExInitializeNPagedLookasideList(&bramble_list, NULL, NULL, 0, sizeof(struct bramble), BRAMBLE_TAG, 0);
    bramble = ExAllocateFromNPagedLookasideList(&bramble_list);
    if (!bramble) {
        ExDeleteNPagedLookasideList(&bramble_list);
        return STATUS_INSUFFICIENT_RESOURCES;
    }
    bramble->seen = 0;

    status = NmrRegisterClient(&bramble_client, bramble, &bramble_handle);
    if (!NT_SUCCESS(status)) {
        bramble_free();
        return status;
    }
    driver->DriverUnload = bramble_unload;
    return STATUS_SUCCESS;
}
