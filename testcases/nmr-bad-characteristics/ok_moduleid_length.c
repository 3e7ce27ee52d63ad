/*
 * Good: the module ID's Length is that of the whole structure.
 * (Twin: bad_moduleid_length.c)
 */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD basil_unload;

static HANDLE basil_handle;
static const NPIID basil_npi = { 0xbf4b32fd, 0x5eaa, 0x4997, { 0x8d, 0x19, 0x97, 0x5f, 0x80, 0x15, 0x18, 0x2f } };
static const NPI_MODULEID basil_module = {
    .Length = sizeof(NPI_MODULEID),
    .Type = MIT_GUID,
    .Guid = { 0x93882479, 0x7fb0, 0x402b, { 0x89, 0xeb, 0x68, 0x4b, 0xca, 0x85, 0xcb, 0xec } },
};
static const ULONG basil_dispatch = 1;
static struct { PVOID context; const VOID *dispatch; } basil_peer;

static NTSTATUS NTAPI basil_attach(HANDLE binding, PVOID context, PNPI_REGISTRATION_INSTANCE instance)
{
    (void)context;
    (void)instance;
    return NmrClientAttachProvider(binding, &basil_peer, &basil_dispatch, &basil_peer.context, &basil_peer.dispatch);
}

static NTSTATUS NTAPI basil_detach(PVOID binding_context)
{
    (void)binding_context;
    basil_peer.dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS basil_client = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = basil_attach,
    .ClientDetachProvider = basil_detach,
    .ClientRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &basil_npi, .ModuleId = &basil_module },
};

void NTAPI basil_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    if (NmrDeregisterClient(basil_handle) == STATUS_PENDING)
        NmrWaitForClientDeregisterComplete(basil_handle);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    NTSTATUS status;

    (void)path;
    status = NmrRegisterClient(&basil_client, NULL, &basil_handle);
    if (NT_SUCCESS(status))
        driver->DriverUnload = basil_unload;
    return status;
}
