/* Given as a part of a driver. */
/* Good: the same two callers, with the flag cleared by the first stop. */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE GenericStart;
DRIVER_UNLOAD dunnock_unload;

static const NPIID dunnock_npi = { 0xa6948c8e, 0xeb38, 0x4f78, { 0xbe, 0xfd, 0x43, 0xd1, 0x1c, 0x15, 0x05, 0xee } };
static const NPI_MODULEID dunnock_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0xc87435d5, 0xc672, 0x4693, { 0xba, 0x5f, 0xcf, 0x1e, 0x95, 0x3d, 0x93, 0xeb } },
};
static const ULONG dunnock_dispatch = 1;
static struct { PVOID context; const VOID *dispatch; } dunnock_peer;

static NTSTATUS NTAPI dunnock_attach(HANDLE binding, PVOID context, PNPI_REGISTRATION_INSTANCE provider)
{
    (void)context;
    (void)provider;
    return NmrClientAttachProvider(binding, &dunnock_peer, &dunnock_dispatch, &dunnock_peer.context, &dunnock_peer.dispatch);
}

static NTSTATUS NTAPI dunnock_detach(PVOID binding_context)
{
    (void)binding_context;
    dunnock_peer.dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS dunnock_chars = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = dunnock_attach,
    .ClientDetachProvider = dunnock_detach,
    .ClientRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &dunnock_npi, .ModuleId = &dunnock_module },
};

static struct {
    HANDLE nmr;
    BOOLEAN running;
    PVOID buffer;
} dunnock;

static void dunnock_stop(void)
{
    if (!dunnock.running)
        return;
    dunnock.running = FALSE;
    if (NmrDeregisterClient(dunnock.nmr) == STATUS_PENDING)
        NmrWaitForClientDeregisterComplete(dunnock.nmr);
}

static void dunnock_free(void)
{
    dunnock_stop();
    if (dunnock.buffer != NULL) {
        ExFreePoolWithTag(dunnock.buffer, 'nnuD');
        dunnock.buffer = NULL;
    }
}

void NTAPI dunnock_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    dunnock_stop();
    dunnock_free();
}

NTSTATUS NTAPI GenericStart(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    NTSTATUS status;

    (void)path;
    dunnock.buffer = ExAllocatePool2(POOL_FLAG_NON_PAGED, 512, 'nnuD');
    if (dunnock.buffer == NULL)
        return STATUS_NO_MEMORY;
    status = NmrRegisterClient(&dunnock_chars, NULL, &dunnock.nmr);
    if (!NT_SUCCESS(status)) {
        dunnock_free();
        return status;
    }
    dunnock.running = TRUE;
    driver->DriverUnload = dunnock_unload;
    return STATUS_SUCCESS;
}
