/* Good: two callers; the flag, a bit-field, is cleared by the first stop. */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD sparrow_unload;

static const NPIID sparrow_npi = { 0xa6948c8e, 0xeb38, 0x4f78, { 0xbe, 0xfd, 0x43, 0xd1, 0x1c, 0x15, 0x05, 0xee } };
static const NPI_MODULEID sparrow_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0xc87435d5, 0xc672, 0x4693, { 0xba, 0x5f, 0xcf, 0x1e, 0x95, 0x3d, 0x93, 0xeb } },
};
static const ULONG sparrow_dispatch = 1;
static struct { PVOID context; const VOID *dispatch; } sparrow_peer;

static NTSTATUS NTAPI sparrow_attach(HANDLE binding, PVOID context, PNPI_REGISTRATION_INSTANCE provider)
{
    (void)context;
    (void)provider;
    return NmrClientAttachProvider(binding, &sparrow_peer, &sparrow_dispatch, &sparrow_peer.context, &sparrow_peer.dispatch);
}

static NTSTATUS NTAPI sparrow_detach(PVOID binding_context)
{
    (void)binding_context;
    sparrow_peer.dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS sparrow_chars = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = sparrow_attach,
    .ClientDetachProvider = sparrow_detach,
    .ClientRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &sparrow_npi, .ModuleId = &sparrow_module },
};

static struct {
    HANDLE nmr;
    BOOLEAN running : 1;
    PVOID buffer;
} sparrow;

static void sparrow_stop(void)
{
    if (!sparrow.running)
        return;
    sparrow.running = FALSE;
    if (NmrDeregisterClient(sparrow.nmr) == STATUS_PENDING)
        NmrWaitForClientDeregisterComplete(sparrow.nmr);
}

static void sparrow_free(void)
{
    sparrow_stop();
    if (sparrow.buffer != NULL) {
        ExFreePoolWithTag(sparrow.buffer, 'nnuD');
        sparrow.buffer = NULL;
    }
}

void NTAPI sparrow_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    sparrow_stop();
    sparrow_free();
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    NTSTATUS status;

    (void)path;
    sparrow.buffer = ExAllocatePool2(POOL_FLAG_NON_PAGED, 512, 'nnuD');
    if (sparrow.buffer == NULL)
        return STATUS_NO_MEMORY;
    status = NmrRegisterClient(&sparrow_chars, NULL, &sparrow.nmr);
    if (!NT_SUCCESS(status)) {
        sparrow_free();
        return status;
    }
    sparrow.running = TRUE;
    driver->DriverUnload = sparrow_unload;
    return STATUS_SUCCESS;
}
