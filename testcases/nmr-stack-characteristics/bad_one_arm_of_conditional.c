/*
 * Defect: of the two structures that the pointer can point at, one is a local.
 * (Twin: ok_both_arms_static.c)
 */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD oriole_unload;

static HANDLE oriole_handle;
static const NPIID oriole_npi = { 0xed8bc1bb, 0x48f2, 0x480d, { 0x85, 0x4b, 0x28, 0x05, 0x09, 0x1d, 0x18, 0xd7 } };
static const NPI_MODULEID oriole_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0x9e9443ee, 0x5ff5, 0x4ac2, { 0x89, 0xd5, 0xa9, 0x9e, 0xf4, 0x9c, 0x08, 0xa4 } },
};
static const ULONG oriole_dispatch = 3;
static struct { PVOID context; const VOID *dispatch; } oriole_peer;

static NTSTATUS NTAPI oriole_attach(HANDLE binding, PVOID context, PNPI_REGISTRATION_INSTANCE instance)
{
    (void)context;
    (void)instance;
    return NmrClientAttachProvider(binding, &oriole_peer, &oriole_dispatch, &oriole_peer.context, &oriole_peer.dispatch);
}

static NTSTATUS NTAPI oriole_detach(PVOID binding_context)
{
    (void)binding_context;
    oriole_peer.dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS oriole_client = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = oriole_attach,
    .ClientDetachProvider = oriole_detach,
    .ClientRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &oriole_npi, .ModuleId = &oriole_module },
};

void NTAPI oriole_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    if (NmrDeregisterClient(oriole_handle) == STATUS_PENDING)
        NmrWaitForClientDeregisterComplete(oriole_handle);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    NPI_CLIENT_CHARACTERISTICS numbered = oriole_client;
    const NPI_CLIENT_CHARACTERISTICS *chosen;
    ULONG number = path->Length & 15;

    numbered.ClientRegistrationInstance.Number = number;
    chosen = number ? &numbered : &oriole_client;

    driver->DriverUnload = oriole_unload;
    return NmrRegisterClient(chosen, NULL, &oriole_handle); // EXPECT: nmr-stack-characteristics
}
