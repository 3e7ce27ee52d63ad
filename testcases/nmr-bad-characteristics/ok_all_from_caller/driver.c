/*
 * Good: everything that the characteristics need is passed.
 * (Twin: bad_null_from_caller)
 */
#include "client.h"

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD driver_unload;

static struct client client;
static const NPIID nettle_npi = { 0xb7401135, 0x24e9, 0x43d4, { 0x8b, 0x54, 0x19, 0x72, 0xee, 0x4b, 0x36, 0x6e } };
static const NPI_MODULEID nettle_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0xd975dc0c, 0xdf2f, 0x4c77, { 0x8b, 0xf8, 0x7b, 0x3b, 0x6e, 0xb6, 0xbb, 0x83 } },
};
static const ULONG nettle_dispatch = 6;
static struct { PVOID context; const VOID *dispatch; } nettle_peer;

static NTSTATUS NTAPI nettle_attach(HANDLE binding, PVOID context, PNPI_REGISTRATION_INSTANCE instance)
{
    (void)context;
    (void)instance;
    return NmrClientAttachProvider(binding, &nettle_peer, &nettle_dispatch, &nettle_peer.context, &nettle_peer.dispatch);
}

static NTSTATUS NTAPI nettle_detach(PVOID binding_context)
{
    (void)binding_context;
    nettle_peer.dispatch = NULL;
    return STATUS_SUCCESS;
}

void NTAPI driver_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    client_end(&client);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    (void)path;
    driver->DriverUnload = driver_unload;
    return client_begin(&client, &nettle_npi, &nettle_module, nettle_attach, nettle_detach);
}
