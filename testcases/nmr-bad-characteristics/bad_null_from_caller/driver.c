/*
 * Defect (with client.c): no module ID is passed, as if it were optional.
 * (Twin: ok_all_from_caller)
 */
#include "client.h"

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD driver_unload;

static struct client client;
static const NPIID nettle_npi = { 0x0bd112ec, 0x4bcd, 0x4e6f, { 0x8b, 0x65, 0x92, 0xa1, 0xe4, 0x53, 0x5b, 0x46 } };
static const ULONG nettle_dispatch = 1;
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
    return client_begin(&client, &nettle_npi, NULL, nettle_attach, nettle_detach);
}
