/*
 * Good: the cases in which the client was registered share the deregister call, and come to the wait.
 * (Twin: bad_switch_case_missing.c)
 */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD linden_unload;

enum linden_state { LINDEN_OFF, LINDEN_REGISTERED, LINDEN_BOUND };

static enum linden_state linden_state;
static HANDLE linden_handle;
static const NPIID linden_npi = { 0x6c3cfd70, 0x6919, 0x4d67, { 0x8a, 0xab, 0xb6, 0x3b, 0x6a, 0x9d, 0xef, 0x54 } };
static const NPI_MODULEID linden_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0xb52939ef, 0xd5ba, 0x42d5, { 0x8c, 0x5b, 0xaf, 0x39, 0xbb, 0xa3, 0xf8, 0x49 } },
};
static const ULONG linden_dispatch = 1;
static struct { PVOID context; const VOID *dispatch; } linden_peer;

static NTSTATUS NTAPI linden_attach(HANDLE binding, PVOID context, PNPI_REGISTRATION_INSTANCE instance)
{
    (void)context;
    (void)instance;
    return NmrClientAttachProvider(binding, &linden_peer, &linden_dispatch, &linden_peer.context, &linden_peer.dispatch);
}

static NTSTATUS NTAPI linden_detach(PVOID binding_context)
{
    (void)binding_context;
    linden_peer.dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS linden_client = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = linden_attach,
    .ClientDetachProvider = linden_detach,
    .ClientRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &linden_npi, .ModuleId = &linden_module },
};

static void linden_stop(void)
{
    switch (linden_state) {
    default:
    case LINDEN_OFF:
        return;
    case LINDEN_BOUND:
        DbgPrintEx(DPFLTR_IHVDRIVER_ID, DPFLTR_INFO_LEVEL, "linden: still bound\n");
        /* fall through */
    case LINDEN_REGISTERED:
        NmrDeregisterClient(linden_handle);
        break;
    }
    NmrWaitForClientDeregisterComplete(linden_handle);
    linden_state = LINDEN_OFF;
}

void NTAPI linden_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    linden_stop();
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    NTSTATUS status;

    status = NmrRegisterClient(&linden_client, NULL, &linden_handle);
    if (!NT_SUCCESS(status))
        return status;
    linden_state = path->Length > 64 ? LINDEN_BOUND : LINDEN_REGISTERED;
    driver->DriverUnload = linden_unload;
    return STATUS_SUCCESS;
}
