/*
 * A minifilter. Good: its unload callback unregisters the filter and the NMR client.
 * (Twin: bad_minifilter_unload.c)
 */
#include <fltkernel.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;

static PFLT_FILTER tourmaline_filter;
static HANDLE tourmaline_nmr;
static const NPIID tourmaline_npi = { 0x3ad75fca, 0xd856, 0x417b, { 0x81, 0xcd, 0xd9, 0x52, 0xdd, 0xd3, 0x53, 0x5c } };
static const NPI_MODULEID tourmaline_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0x4559cc4d, 0x2485, 0x4f7c, { 0x86, 0xec, 0x60, 0xc7, 0xb1, 0xf0, 0x5a, 0x91 } },
};
static const ULONG tourmaline_dispatch = 5;
static struct { PVOID context; const VOID *dispatch; } tourmaline_peer;

static NTSTATUS NTAPI tourmaline_attach(HANDLE binding, PVOID context, PNPI_REGISTRATION_INSTANCE instance)
{
    (void)context;
    (void)instance;
    return NmrClientAttachProvider(binding, &tourmaline_peer, &tourmaline_dispatch, &tourmaline_peer.context, &tourmaline_peer.dispatch);
}

static NTSTATUS NTAPI tourmaline_detach(PVOID binding_context)
{
    (void)binding_context;
    tourmaline_peer.dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS tourmaline_client = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = tourmaline_attach,
    .ClientDetachProvider = tourmaline_detach,
    .ClientRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &tourmaline_npi, .ModuleId = &tourmaline_module },
};

static void tourmaline_end(void)
{
    if (NmrDeregisterClient(tourmaline_nmr) == STATUS_PENDING)
        NmrWaitForClientDeregisterComplete(tourmaline_nmr);
}

static NTSTATUS NTAPI tourmaline_unload(FLT_FILTER_UNLOAD_FLAGS flags)
{
    (void)flags;
    FltUnregisterFilter(tourmaline_filter);
    tourmaline_end();
    return STATUS_SUCCESS;
}

static const FLT_OPERATION_REGISTRATION tourmaline_operations[] = { { IRP_MJ_OPERATION_END } };

static const FLT_REGISTRATION tourmaline_registration = {
    .Size = sizeof(FLT_REGISTRATION),
    .Version = FLT_REGISTRATION_VERSION,
    .OperationRegistration = tourmaline_operations,
    .FilterUnloadCallback = tourmaline_unload,
};

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    NTSTATUS status;

    (void)path;
    status = FltRegisterFilter(driver, &tourmaline_registration, &tourmaline_filter);
    if (!NT_SUCCESS(status))
        return status;
    status = NmrRegisterClient(&tourmaline_client, NULL, &tourmaline_nmr);
    if (!NT_SUCCESS(status)) {
        FltUnregisterFilter(tourmaline_filter);
        return status;
    }
    status = FltStartFiltering(tourmaline_filter);
    if (!NT_SUCCESS(status)) {
        FltUnregisterFilter(tourmaline_filter);
        tourmaline_end();
    }
    return status;
}
