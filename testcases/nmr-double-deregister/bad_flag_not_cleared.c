/* Defect: stop tests the flag but does not clear it, and unload's two helpers both call it. */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD thrush_unload;

static const NPIID thrush_npi = { 0x98f4ba46, 0x6385, 0x4652, { 0x20, 0x19, 0x9f, 0xe7, 0x74, 0x03, 0xab, 0x8e } };
static const NPI_MODULEID thrush_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0xf9d65257, 0xf18d, 0x47f3, { 0xc1, 0xd6, 0x7c, 0x36, 0x95, 0x3b, 0x12, 0x57 } },
};
static const ULONG thrush_dispatch = 1;
static struct { PVOID context; const VOID *dispatch; } thrush_peer;

static NTSTATUS NTAPI thrush_attach(HANDLE binding, PVOID context, PNPI_REGISTRATION_INSTANCE provider)
{
    (void)context;
    (void)provider;
    return NmrClientAttachProvider(binding, &thrush_peer, &thrush_dispatch, &thrush_peer.context, &thrush_peer.dispatch);
}

static NTSTATUS NTAPI thrush_detach(PVOID binding_context)
{
    (void)binding_context;
    thrush_peer.dispatch = NULL;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS thrush_chars = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = thrush_attach,
    .ClientDetachProvider = thrush_detach,
    .ClientRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &thrush_npi, .ModuleId = &thrush_module },
};

static struct {
    HANDLE nmr;
    BOOLEAN running;
    PVOID buffer;
} thrush;

static void thrush_stop(void)
{
    if (!thrush.running)
        return;
    if (NmrDeregisterClient(thrush.nmr) == STATUS_PENDING) // EXPECT: nmr-double-deregister
        NmrWaitForClientDeregisterComplete(thrush.nmr);
}

static void thrush_free(void)
{
    thrush_stop();
    if (thrush.buffer != NULL) {
        ExFreePoolWithTag(thrush.buffer, 'surT');
        thrush.buffer = NULL;
    }
}

void NTAPI thrush_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    thrush_stop();
    thrush_free();
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    NTSTATUS status;

    (void)path;
    thrush.buffer = ExAllocatePool2(POOL_FLAG_NON_PAGED, 512, 'surT');
    if (thrush.buffer == NULL)
        return STATUS_NO_MEMORY;
    status = NmrRegisterClient(&thrush_chars, NULL, &thrush.nmr);
    if (!NT_SUCCESS(status)) {
        thrush_free();
        return status;
    }
    thrush.running = TRUE;
    driver->DriverUnload = thrush_unload;
    return STATUS_SUCCESS;
}
