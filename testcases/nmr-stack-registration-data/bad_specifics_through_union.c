/* Defect: the specifics are a member of a local union, reached through a helper that returns its argument's address. */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD quartz_unload;

static const NPIID quartz_npi = { 0x1d419d26, 0x520c, 0x4c8e, { 0x53, 0xf4, 0x25, 0x9d, 0x9a, 0x12, 0x40, 0x2e } };
static const NPI_MODULEID quartz_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0x29079e7f, 0x7461, 0x4b48, { 0xc2, 0xd8, 0x08, 0x5e, 0x4d, 0xe8, 0xfa, 0x53 } },
};
static const ULONG quartz_dispatch = 1;
static struct { PVOID context; const VOID *dispatch; } quartz_peer;

static NTSTATUS NTAPI quartz_attach(HANDLE binding, PVOID context, PNPI_REGISTRATION_INSTANCE provider)
{
    (void)context;
    (void)provider;
    return NmrClientAttachProvider(binding, &quartz_peer, &quartz_dispatch, &quartz_peer.context, &quartz_peer.dispatch);
}

static NTSTATUS NTAPI quartz_detach(PVOID binding_context)
{
    (void)binding_context;
    quartz_peer.dispatch = NULL;
    return STATUS_SUCCESS;
}

struct quartz_v1 { USHORT version; USHORT flags; };
struct quartz_v2 { USHORT version; USHORT flags; ULONG depth; };

union quartz_specifics {
    struct quartz_v1 v1;
    struct quartz_v2 v2;
};

static NPI_CLIENT_CHARACTERISTICS quartz_chars = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = quartz_attach,
    .ClientDetachProvider = quartz_detach,
    .ClientRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &quartz_npi, .ModuleId = &quartz_module },
};
static HANDLE quartz_handle;

static const void *quartz_fill(union quartz_specifics *s, int version)
{
    if (version == 1) {
        s->v1.version = 1;
        s->v1.flags = 0;
        return &s->v1;
    }
    s->v2.version = 2;
    s->v2.flags = 1;
    s->v2.depth = 4;
    return &s->v2;
}

static NTSTATUS quartz_start(int version)
{
    union quartz_specifics specifics;

    quartz_chars.ClientRegistrationInstance.NpiSpecificCharacteristics = quartz_fill(&specifics, version);
    return NmrRegisterClient(&quartz_chars, NULL, &quartz_handle); // EXPECT: nmr-stack-registration-data
}

void NTAPI quartz_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    if (NmrDeregisterClient(quartz_handle) == STATUS_PENDING)
        NmrWaitForClientDeregisterComplete(quartz_handle);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    driver->DriverUnload = quartz_unload;
    return quartz_start(path->Length > 90 ? 2 : 1);
}
