/*
 * Defect: the attach callback drops the status of NmrClientAttachProvider and claims success.
 * (Twin: ok_attach_returned.c)
 */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD garnet_unload;

static HANDLE garnet_handle;
static struct { PVOID context; const VOID *dispatch; } garnet_peer;
static const ULONG garnet_dispatch = 1;
static const NPIID garnet_npi = { 0x4be48d4b, 0xc220, 0x4287, { 0x83, 0xd7, 0xc6, 0xb6, 0x5d, 0xcd, 0xc5, 0x2c } };
static const NPI_MODULEID garnet_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0x4b5afdd0, 0xbdaa, 0x418e, { 0x8a, 0x3d, 0x6a, 0x82, 0x1c, 0x07, 0x44, 0x03 } },
};

static NTSTATUS NTAPI garnet_attach(HANDLE binding, PVOID context, PNPI_REGISTRATION_INSTANCE instance)
{
    (void)context;
    (void)instance;
    NmrClientAttachProvider(binding, &garnet_peer, &garnet_dispatch, &garnet_peer.context, &garnet_peer.dispatch); // EXPECT: nmr-unchecked-status
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI garnet_detach(PVOID binding_context)
{
    (void)binding_context;
    garnet_peer.dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS garnet_client = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = garnet_attach,
    .ClientDetachProvider = garnet_detach,
    .ClientRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &garnet_npi, .ModuleId = &garnet_module },
};

void NTAPI garnet_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    if (NmrDeregisterClient(garnet_handle) == STATUS_PENDING)
        NmrWaitForClientDeregisterComplete(garnet_handle);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    (void)path;
    driver->DriverUnload = garnet_unload;
    return NmrRegisterClient(&garnet_client, NULL, &garnet_handle);
}
