/*
 * The handle has a sentinel of the driver's own for "none". Good: unload compares with that.
 * (Twin: bad_sentinel_ignored.c)
 */
#include <ntddk.h>
#include <netioddk.h>

#define NO_HANDLE ((HANDLE)(LONG_PTR)-1)

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD bismuth_unload;

static HANDLE bismuth_handle = NO_HANDLE;
static const NPIID bismuth_npi = { 0xa32af8b3, 0xaf57, 0x4db7, { 0x83, 0x8a, 0x38, 0x1d, 0x6a, 0xe4, 0xd8, 0x08 } };
static const NPI_MODULEID bismuth_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0x7ee6a86b, 0x51cb, 0x4234, { 0x88, 0x98, 0x9a, 0xbd, 0xb0, 0xc1, 0x7a, 0x06 } },
};
static const ULONG bismuth_dispatch = 6;
static struct { PVOID context; const VOID *dispatch; } bismuth_peer;

static NTSTATUS NTAPI bismuth_attach(HANDLE binding, PVOID context, PNPI_REGISTRATION_INSTANCE instance)
{
    (void)context;
    (void)instance;
    return NmrClientAttachProvider(binding, &bismuth_peer, &bismuth_dispatch, &bismuth_peer.context, &bismuth_peer.dispatch);
}

static NTSTATUS NTAPI bismuth_detach(PVOID binding_context)
{
    (void)binding_context;
    bismuth_peer.dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS bismuth_client = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = bismuth_attach,
    .ClientDetachProvider = bismuth_detach,
    .ClientRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &bismuth_npi, .ModuleId = &bismuth_module },
};

void NTAPI bismuth_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    if (bismuth_handle != NO_HANDLE) {
        if (NmrDeregisterClient(bismuth_handle) == STATUS_PENDING)
            NmrWaitForClientDeregisterComplete(bismuth_handle);
        bismuth_handle = NO_HANDLE;
    }
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    NTSTATUS status;

    (void)path;
    status = NmrRegisterClient(&bismuth_client, NULL, &bismuth_handle);
    if (!NT_SUCCESS(status))
        bismuth_handle = NO_HANDLE;
    driver->DriverUnload = bismuth_unload;
    return STATUS_SUCCESS;
}
