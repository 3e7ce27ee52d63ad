/* Defect: the state is advanced before the provider is registered, so a failure is undone as if it had succeeded. */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD larch_unload;

static const NPIID larch_npi = { 0x10d54c26, 0xc100, 0x4108, { 0x66, 0x97, 0x2b, 0x79, 0xff, 0x11, 0x47, 0xb7 } };
static const NPI_MODULEID larch_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0x6d988882, 0xf012, 0x4d28, { 0x0f, 0x45, 0x02, 0x46, 0x13, 0xd9, 0xaa, 0x39 } },
};
static const ULONG larch_dispatch[2] = { 8, 1 };
static volatile LONG larch_clients;

static NTSTATUS NTAPI larch_attach(HANDLE binding, PVOID context, PNPI_REGISTRATION_INSTANCE client, PVOID client_context,
                                 const VOID *client_dispatch, PVOID *binding_context, const VOID **dispatch)
{
    (void)binding; (void)context; (void)client; (void)client_context; (void)client_dispatch;
    InterlockedIncrement(&larch_clients);
    *binding_context = NULL;
    *dispatch = larch_dispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI larch_detach(PVOID binding_context)
{
    (void)binding_context;
    InterlockedDecrement(&larch_clients);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS larch_chars = {
    .Length = sizeof(NPI_PROVIDER_CHARACTERISTICS),
    .ProviderAttachClient = larch_attach,
    .ProviderDetachClient = larch_detach,
    .ProviderRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &larch_npi, .ModuleId = &larch_module },
};

enum larch_state { LARCH_IDLE, LARCH_BUFFER, LARCH_PROVIDER };

static enum larch_state larch_state;
static HANDLE larch_handle;
static void *larch_buffer;

static void larch_stop(void)
{
    if (larch_state >= LARCH_PROVIDER) {
        NTSTATUS status = NmrDeregisterProvider(larch_handle); // EXPECT: nmr-invalid-handle

        if (status == STATUS_PENDING)
            NmrWaitForProviderDeregisterComplete(larch_handle);
    }
    if (larch_state >= LARCH_BUFFER)
        ExFreePoolWithTag(larch_buffer, 'hcrL');
    larch_state = LARCH_IDLE;
}

static NTSTATUS larch_start(void)
{
    larch_buffer = ExAllocatePool2(POOL_FLAG_NON_PAGED, 2048, 'hcrL');
    if (larch_buffer == NULL)
        return STATUS_NO_MEMORY;
    larch_state = LARCH_BUFFER;
    larch_state = LARCH_PROVIDER;
    return NmrRegisterProvider(&larch_chars, NULL, &larch_handle);
}

void NTAPI larch_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    larch_stop();
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    NTSTATUS status;

    (void)path;
    driver->DriverUnload = larch_unload;
    status = larch_start();
    if (!NT_SUCCESS(status))
        larch_stop();
    return status;
}
