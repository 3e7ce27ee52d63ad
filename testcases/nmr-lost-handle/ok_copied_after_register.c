/*
 * Good: the local object is copied to the global one after the registration, with the handle.
 * (Twin: bad_copied_before_register.c)
 */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD shrike_unload;

struct shrike {
    HANDLE handle;
    ULONG options;
};

static struct shrike shrike;
static const NPIID shrike_cb_npi = { 0xbec3d3a9, 0xad2a, 0x4104, { 0x87, 0x08, 0xd4, 0x34, 0xc8, 0xb5, 0x62, 0x15 } };
static const NPI_MODULEID shrike_cb_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0x8b9a79b0, 0x854b, 0x40c5, { 0x83, 0xdb, 0xf2, 0xf7, 0x24, 0x28, 0x43, 0x14 } },
};
static const ULONG shrike_cb_dispatch = 4;
static struct { PVOID context; const VOID *dispatch; } shrike_cb_peer;

static NTSTATUS NTAPI shrike_cb_attach(HANDLE binding, PVOID context, PNPI_REGISTRATION_INSTANCE instance)
{
    (void)context;
    (void)instance;
    return NmrClientAttachProvider(binding, &shrike_cb_peer, &shrike_cb_dispatch, &shrike_cb_peer.context, &shrike_cb_peer.dispatch);
}

static NTSTATUS NTAPI shrike_cb_detach(PVOID binding_context)
{
    (void)binding_context;
    shrike_cb_peer.dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS shrike_cb_client = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = shrike_cb_attach,
    .ClientDetachProvider = shrike_cb_detach,
    .ClientRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &shrike_cb_npi, .ModuleId = &shrike_cb_module },
};

void NTAPI shrike_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    if (shrike.handle && NmrDeregisterClient(shrike.handle) == STATUS_PENDING)
        NmrWaitForClientDeregisterComplete(shrike.handle);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    struct shrike next = { .handle = NULL, .options = path->Length };
    NTSTATUS status;

    status = NmrRegisterClient(&shrike_cb_client, NULL, &next.handle);
    if (!NT_SUCCESS(status))
        return status;
    shrike = next;
    driver->DriverUnload = shrike_unload;
    return STATUS_SUCCESS;
}
