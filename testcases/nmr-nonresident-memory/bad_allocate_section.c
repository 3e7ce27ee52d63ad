/* Defect: the NPI identifier was put into a discardable section with __declspec(allocate). */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD brent_unload;

#pragma section("INITDATA", read)
__declspec(allocate("INITDATA")) static const NPIID brent_npi = { 0xb4e70001, 0x1d1d, 0x4d1d, { 0x8d, 0x1d, 1, 2, 3, 4, 5, 6 } };

static const NPI_MODULEID brent_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0xb4e70002, 0x1d1d, 0x4d1d, { 0x8d, 0x1d, 1, 2, 3, 4, 5, 6 } },
};
static const ULONG brent_dispatch = 1;
static struct { PVOID context; const VOID *dispatch; } brent_peer;

static NTSTATUS NTAPI brent_attach(HANDLE binding, PVOID context, PNPI_REGISTRATION_INSTANCE provider)
{
    (void)context;
    (void)provider;
    return NmrClientAttachProvider(binding, &brent_peer, &brent_dispatch, &brent_peer.context, &brent_peer.dispatch);
}

static NTSTATUS NTAPI brent_detach(PVOID binding_context)
{
    (void)binding_context;
    brent_peer.dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS brent_chars = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = brent_attach,
    .ClientDetachProvider = brent_detach,
    .ClientRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &brent_npi, .ModuleId = &brent_module },
};
static HANDLE brent_handle;

void NTAPI brent_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    if (NmrDeregisterClient(brent_handle) == STATUS_PENDING)
        NmrWaitForClientDeregisterComplete(brent_handle);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    NTSTATUS status;

    (void)path;
    status = NmrRegisterClient(&brent_chars, NULL, &brent_handle); // EXPECT: nmr-nonresident-memory
    if (NT_SUCCESS(status))
        driver->DriverUnload = brent_unload;
    return status;
}
