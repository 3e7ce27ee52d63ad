/* The entry calls an inner function that does the work. */
/*
 * Good: the stop function switches on the same mode as the start function, which never changes between.
 */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD osprey_unload;

enum osprey_mode { OSPREY_PASSIVE, OSPREY_CLIENT, OSPREY_BOTH };

static enum osprey_mode osprey_mode;
static HANDLE osprey_handle;
static volatile LONG osprey_polls;
static const NPIID osprey_npi = { 0x7958e73d, 0x212d, 0x4aa7, { 0x80, 0x02, 0x31, 0x23, 0x9d, 0x7f, 0xd0, 0xc9 } };
static const NPI_MODULEID osprey_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0x002c6323, 0x7663, 0x4cf4, { 0x8c, 0x66, 0x44, 0x8c, 0xf9, 0x06, 0x02, 0xda } },
};
static const ULONG osprey_dispatch = 3;
static struct { PVOID context; const VOID *dispatch; } osprey_peer;

static NTSTATUS NTAPI osprey_attach(HANDLE binding, PVOID context, PNPI_REGISTRATION_INSTANCE instance)
{
    (void)context;
    (void)instance;
    return NmrClientAttachProvider(binding, &osprey_peer, &osprey_dispatch, &osprey_peer.context, &osprey_peer.dispatch);
}

static NTSTATUS NTAPI osprey_detach(PVOID binding_context)
{
    (void)binding_context;
    osprey_peer.dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS osprey_client = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = osprey_attach,
    .ClientDetachProvider = osprey_detach,
    .ClientRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &osprey_npi, .ModuleId = &osprey_module },
};

static NTSTATUS osprey_start(void)
{
    switch (osprey_mode) {
    case OSPREY_PASSIVE:
        return STATUS_SUCCESS;
    case OSPREY_BOTH:
        osprey_polls = 1;
        /* fall through */
    case OSPREY_CLIENT:
        return NmrRegisterClient(&osprey_client, NULL, &osprey_handle);
    default:
        return STATUS_INVALID_PARAMETER;
    }
}

static void osprey_stop(void)
{
    switch (osprey_mode) {
    case OSPREY_BOTH:
        osprey_polls = 0;
        /* fall through */
    case OSPREY_CLIENT:
        if (NmrDeregisterClient(osprey_handle) == STATUS_PENDING)
            NmrWaitForClientDeregisterComplete(osprey_handle);
        break;
    default:
        break;
    }
}

void NTAPI osprey_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    osprey_stop();
}

static NTSTATUS InnerEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    if (path->Length > 100)
        osprey_mode = OSPREY_BOTH;
    else if (path->Length > 50)
        osprey_mode = OSPREY_CLIENT;
    else
        osprey_mode = OSPREY_PASSIVE;
    driver->DriverUnload = osprey_unload;
    return osprey_start();
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    NTSTATUS status = STATUS_UNSUCCESSFUL;
    status = InnerEntry(driver, path);
    if (!NT_SUCCESS(status)) { DbgPrint("x"); }
    return status;
}
