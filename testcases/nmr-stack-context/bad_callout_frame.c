/*
 * Defect: the function that runs on an expanded stack registers with a context in its own frame, and returns.
 * (Twin: ok_callout_scoped.c)
 */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD teal_unload;

struct teal { volatile LONG seen; };

static HANDLE teal_handle;
static NTSTATUS teal_status;
static struct { PVOID context; const VOID *dispatch; } teal_peer;
static const ULONG teal_dispatch = 1;
static const NPIID teal_npi = { 0x6d59a373, 0xc3a5, 0x4376, { 0x8e, 0x55, 0xbd, 0xf4, 0x1c, 0xd7, 0x9a, 0x7a } };
static const NPI_MODULEID teal_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0x262cb4b9, 0xb630, 0x453a, { 0x83, 0x92, 0x95, 0x7b, 0x3b, 0xd0, 0x5e, 0xdc } },
};

static NTSTATUS NTAPI teal_attach(HANDLE binding, PVOID context, PNPI_REGISTRATION_INSTANCE instance)
{
    (void)instance;
    InterlockedIncrement(&((struct teal *)context)->seen);
    return NmrClientAttachProvider(binding, &teal_peer, &teal_dispatch, &teal_peer.context, &teal_peer.dispatch);
}

static NTSTATUS NTAPI teal_detach(PVOID binding_context)
{
    (void)binding_context;
    teal_peer.dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS teal_client = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = teal_attach,
    .ClientDetachProvider = teal_detach,
    .ClientRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &teal_npi, .ModuleId = &teal_module },
};

static void teal_end(void)
{
    if (NmrDeregisterClient(teal_handle) == STATUS_PENDING)
        NmrWaitForClientDeregisterComplete(teal_handle);
}

static VOID NTAPI teal_callout(PVOID parameter)
{
    struct teal local = { 0 };

    (void)parameter;
    teal_status = NmrRegisterClient(&teal_client, &local, &teal_handle); // EXPECT: nmr-stack-context
}

void NTAPI teal_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    teal_end();
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    NTSTATUS status;

    (void)path;
    status = KeExpandKernelStackAndCallout(teal_callout, NULL, 0x4000);
    if (!NT_SUCCESS(status))
        return status;
    if (NT_SUCCESS(teal_status))
        driver->DriverUnload = teal_unload;
    return teal_status;
}
