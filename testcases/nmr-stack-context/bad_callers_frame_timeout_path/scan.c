/* Begin and end of a scan; the caller owns it. */
#include "scan.h"

static const NPIID scan_npi = { 0x53aefec0, 0x8170, 0x4b2e, { 0xed, 0x98, 0x1a, 0x0a, 0x86, 0xd0, 0xdb, 0xe0 } };
static const NPI_MODULEID scan_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0x54d2ed95, 0x419b, 0x4410, { 0xe1, 0xf8, 0x93, 0x05, 0x8a, 0xaa, 0x15, 0xfc } },
};

static NTSTATUS NTAPI scan_attach(HANDLE binding, PVOID context, PNPI_REGISTRATION_INSTANCE provider)
{
    scan_t *scan = context;

    (void)binding; (void)provider;
    InterlockedIncrement(&scan->count);
    KeSetEvent(&scan->found, IO_NO_INCREMENT, FALSE);
    return STATUS_NOINTERFACE;
}

static NTSTATUS NTAPI scan_detach(PVOID binding_context)
{
    (void)binding_context;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS scan_chars = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = scan_attach,
    .ClientDetachProvider = scan_detach,
    .ClientRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &scan_npi, .ModuleId = &scan_module },
};

NTSTATUS scan_begin(scan_t *scan)
{
    KeInitializeEvent(&scan->found, NotificationEvent, FALSE);
    scan->count = 0;
    return NmrRegisterClient(&scan_chars, scan, &scan->nmr); // EXPECT: nmr-stack-context
}

void scan_end(scan_t *scan)
{
    if (NmrDeregisterClient(scan->nmr) == STATUS_PENDING)
        NmrWaitForClientDeregisterComplete(scan->nmr);
}
