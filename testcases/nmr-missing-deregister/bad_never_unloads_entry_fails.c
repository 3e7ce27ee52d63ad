/*
 * Defect: the driver sets no unload routine, which excuses a registration that lasts; but DriverEntry can fail after it
 * was made, and then the image goes away all the same.
 * (Twin: ok_never_unloads_entry_unwinds.c)
 */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;

static HANDLE ruff_handle;
static HANDLE ruff_thread;
static const NPIID ruff_npi = { 0x25722770, 0x6530, 0x4dc1, { 0x81, 0xf3, 0x28, 0x24, 0xa1, 0xbe, 0x93, 0xb3 } };
static const NPI_MODULEID ruff_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0xdf16eeb4, 0x8fef, 0x434d, { 0x80, 0x12, 0x50, 0x12, 0xf5, 0x9e, 0xd9, 0x9c } },
};
static const ULONG ruff_dispatch = 2;
static struct { PVOID context; const VOID *dispatch; } ruff_peer;

static NTSTATUS NTAPI ruff_attach(HANDLE binding, PVOID context, PNPI_REGISTRATION_INSTANCE instance)
{
    (void)context;
    (void)instance;
    return NmrClientAttachProvider(binding, &ruff_peer, &ruff_dispatch, &ruff_peer.context, &ruff_peer.dispatch);
}

static NTSTATUS NTAPI ruff_detach(PVOID binding_context)
{
    (void)binding_context;
    ruff_peer.dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS ruff_client = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = ruff_attach,
    .ClientDetachProvider = ruff_detach,
    .ClientRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &ruff_npi, .ModuleId = &ruff_module },
};

static VOID NTAPI ruff_main(PVOID context)
{
    LARGE_INTEGER second;

    (void)context;
    second.QuadPart = -10 * 1000 * 1000;
    for (;;)
        KeDelayExecutionThread(KernelMode, FALSE, &second);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    NTSTATUS status;

    (void)driver;
    (void)path;
    status = NmrRegisterClient(&ruff_client, NULL, &ruff_handle); // EXPECT: nmr-missing-deregister
    if (!NT_SUCCESS(status))
        return status;

    status = PsCreateSystemThread(&ruff_thread, THREAD_ALL_ACCESS, NULL, NULL, NULL, ruff_main, NULL);
    if (!NT_SUCCESS(status)) {
        ruff_thread = NULL;
        return status;
    }
    return STATUS_SUCCESS;
}
