/*
 * Defect: the object is the registration context and is reference counted; stop drops the last reference, and with it
 * the memory, between the deregister call and the wait.
 */
#include <ntddk.h>
#include <netioddk.h>

#define GREBE_TAG 'berG'

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD grebe_unload;

typedef struct grebe {
    volatile LONG references;
    ULONG number;
} grebe_t;

static grebe_t *grebe;
static HANDLE grebe_handle;
static const ULONG grebe_dispatch = 1;
static struct { PVOID context; const VOID *dispatch; } grebe_peer;
static const NPIID grebe_npi = { 0x85f6cefe, 0x6c01, 0x46d7, { 0x46, 0x85, 0x95, 0x18, 0xea, 0x0a, 0x45, 0x48 } };
static const NPI_MODULEID grebe_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0x578b618f, 0xbccd, 0x43d8, { 0xe0, 0x08, 0x14, 0x46, 0xcc, 0x0d, 0xcd, 0x75 } },
};

static NTSTATUS NTAPI grebe_attach(HANDLE binding, PVOID context, PNPI_REGISTRATION_INSTANCE provider)
{
    grebe_t *g = context;

    if (provider->Number != g->number)
        return STATUS_NOINTERFACE;
    return NmrClientAttachProvider(binding, &grebe_peer, &grebe_dispatch, &grebe_peer.context, &grebe_peer.dispatch);
}

static NTSTATUS NTAPI grebe_detach(PVOID binding_context)
{
    (void)binding_context;
    grebe_peer.dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS grebe_chars = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = grebe_attach,
    .ClientDetachProvider = grebe_detach,
    .ClientRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &grebe_npi, .ModuleId = &grebe_module },
};

static void grebe_destroy_memory(grebe_t *g)
{
    ExFreePoolWithTag(g, GREBE_TAG);
}

void NTAPI grebe_unload(PDRIVER_OBJECT driver)
{
    NTSTATUS status;
    grebe_t *g = grebe;

    (void)driver;
    grebe = NULL;
    status = NmrDeregisterClient(grebe_handle);
    if (InterlockedDecrement(&g->references) == 0)
        grebe_destroy_memory(g); // EXPECT: nmr-freed-while-registered
    if (status == STATUS_PENDING)
        NmrWaitForClientDeregisterComplete(grebe_handle);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    NTSTATUS status;

    (void)path;
    grebe = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*grebe), GREBE_TAG);
    if (grebe == NULL)
        return STATUS_NO_MEMORY;
    grebe->references = 1;
    grebe->number = 2;
    status = NmrRegisterClient(&grebe_chars, grebe, &grebe_handle);
    if (!NT_SUCCESS(status)) {
        ExFreePoolWithTag(grebe, GREBE_TAG);
        return status;
    }
    driver->DriverUnload = grebe_unload;
    return STATUS_SUCCESS;
}
