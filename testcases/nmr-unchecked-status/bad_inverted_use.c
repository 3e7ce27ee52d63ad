/* Defect: the status goes only into the trace and into a statistic that nobody reads. */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD conga_unload;

static const NPIID conga_npi = { 0x45a57eac, 0xa634, 0x44f8, { 0x8e, 0xe8, 0x96, 0x2d, 0x90, 0xc2, 0x13, 0x7e } };
static const NPI_MODULEID conga_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0xce63d6ad, 0x6351, 0x4f9b, { 0xcf, 0x7a, 0xa8, 0xf8, 0xc4, 0x54, 0x1f, 0x1c } },
};
static const ULONG conga_dispatch = 1;
static struct { PVOID context; const VOID *dispatch; } conga_peer;

static NTSTATUS NTAPI conga_attach(HANDLE binding, PVOID context, PNPI_REGISTRATION_INSTANCE provider)
{
    (void)context;
    (void)provider;
    return NmrClientAttachProvider(binding, &conga_peer, &conga_dispatch, &conga_peer.context, &conga_peer.dispatch);
}

static NTSTATUS NTAPI conga_detach(PVOID binding_context)
{
    (void)binding_context;
    conga_peer.dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS conga_chars = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = conga_attach,
    .ClientDetachProvider = conga_detach,
    .ClientRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &conga_npi, .ModuleId = &conga_module },
};

static struct {
    HANDLE nmr;
    ULONG starts;
    NTSTATUS last;
} conga;

static void conga_trace(PCSTR what, NTSTATUS status)
{
    DbgPrintEx(DPFLTR_IHVNETWORK_ID, DPFLTR_INFO_LEVEL, "%s: 0x%08x\n", what, status);
}

static void conga_start(void)
{
    NTSTATUS status = NmrRegisterClient(&conga_chars, NULL, &conga.nmr); // EXPECT: nmr-unchecked-status

    conga_trace("register", status);
    conga.last = status;
    conga.starts++;
}

void NTAPI conga_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    if (conga.nmr && NmrDeregisterClient(conga.nmr) == STATUS_PENDING)
        NmrWaitForClientDeregisterComplete(conga.nmr);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    (void)path;
    driver->DriverUnload = conga_unload;
    conga_start();
    return STATUS_SUCCESS;
}
