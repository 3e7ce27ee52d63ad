/*
 * Defect: the flag that unload goes by is set after the call, whatever its outcome.
 * (Twin: ok_flag_from_status.c)
 */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD radon_unload;

static HANDLE radon_handle;
static BOOLEAN radon_up;
static const NPIID radon_npi = { 0x81f71867, 0x9ed8, 0x480b, { 0x8f, 0xf8, 0x5a, 0xd0, 0x50, 0x97, 0x4e, 0x1f } };
static const NPI_MODULEID radon_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0xdfbbeed3, 0x383f, 0x43d7, { 0x86, 0x30, 0x43, 0x73, 0x66, 0x2e, 0x17, 0xe9 } },
};
static const ULONG radon_dispatch = 9;
static struct { PVOID context; const VOID *dispatch; } radon_peer;

static NTSTATUS NTAPI radon_attach(HANDLE binding, PVOID context, PNPI_REGISTRATION_INSTANCE instance)
{
    (void)context;
    (void)instance;
    return NmrClientAttachProvider(binding, &radon_peer, &radon_dispatch, &radon_peer.context, &radon_peer.dispatch);
}

static NTSTATUS NTAPI radon_detach(PVOID binding_context)
{
    (void)binding_context;
    radon_peer.dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS radon_client = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = radon_attach,
    .ClientDetachProvider = radon_detach,
    .ClientRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &radon_npi, .ModuleId = &radon_module },
};

VOID NTAPI radon_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    if (radon_up && NmrDeregisterClient(radon_handle) == STATUS_PENDING)
        NmrWaitForClientDeregisterComplete(radon_handle);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    (void)path;
    NmrRegisterClient(&radon_client, NULL, &radon_handle), radon_up = TRUE; // EXPECT: nmr-unchecked-status
    driver->DriverUnload = radon_unload;
    return STATUS_SUCCESS;
}
