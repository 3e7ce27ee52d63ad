/*
 * Good: the options are passed by value and copied into the static object that becomes the registration context.
 * (Twin: bad_options_by_value.c)
 */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD serin_unload;

struct serin_options {
    ULONG first;
    ULONG last;
};

static struct { HANDLE handle; PVOID context; const VOID *dispatch; struct serin_options options; } serin;
static const ULONG serin_dispatch = 1;
static const NPIID serin_npi = { 0x7c213096, 0x1c9d, 0x4aff, { 0x82, 0x7c, 0xbb, 0x47, 0x4c, 0xff, 0xb5, 0xe9 } };
static const NPI_MODULEID serin_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0x6f7e6ad0, 0xe7b1, 0x47ca, { 0x80, 0xd4, 0x04, 0xc7, 0xc6, 0xb7, 0x32, 0x3f } },
};

static NTSTATUS NTAPI serin_attach(HANDLE binding, PVOID context, PNPI_REGISTRATION_INSTANCE instance)
{
    const struct serin_options *o = context;

    if (instance->Number < o->first || instance->Number > o->last)
        return STATUS_NOINTERFACE;
    return NmrClientAttachProvider(binding, &serin, &serin_dispatch, &serin.context, &serin.dispatch);
}

static NTSTATUS NTAPI serin_detach(PVOID binding_context)
{
    (void)binding_context;
    serin.dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS serin_client = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = serin_attach,
    .ClientDetachProvider = serin_detach,
    .ClientRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &serin_npi, .ModuleId = &serin_module },
};

static NTSTATUS serin_start(struct serin_options options)
{
    if (options.last < options.first)
        options.last = options.first;
    serin.options = options;
    return NmrRegisterClient(&serin_client, &serin.options, &serin.handle);
}

void NTAPI serin_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    if (NmrDeregisterClient(serin.handle) == STATUS_PENDING)
        NmrWaitForClientDeregisterComplete(serin.handle);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    const struct serin_options options = { 1, path->Length };

    driver->DriverUnload = serin_unload;
    return serin_start(options);
}
