/* Good: the status goes into a result structure that is returned and whose success member is tested. */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD borage_unload;

static const NPIID borage_npi = { 0xa016276d, 0x1259, 0x426f, { 0x34, 0x53, 0x18, 0xe0, 0x90, 0x09, 0x43, 0xb1 } };
static const NPI_MODULEID borage_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0x4bc3f82f, 0xa54e, 0x4e2d, { 0x5c, 0xdd, 0x1f, 0xd3, 0xb1, 0xa1, 0x8f, 0x93 } },
};
static const ULONG borage_dispatch[2] = { 8, 1 };
static volatile LONG borage_clients;

static NTSTATUS NTAPI borage_attach(HANDLE binding, PVOID context, PNPI_REGISTRATION_INSTANCE client, PVOID client_context,
                                 const VOID *client_dispatch, PVOID *binding_context, const VOID **dispatch)
{
    (void)binding; (void)context; (void)client; (void)client_context; (void)client_dispatch;
    InterlockedIncrement(&borage_clients);
    *binding_context = NULL;
    *dispatch = borage_dispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI borage_detach(PVOID binding_context)
{
    (void)binding_context;
    InterlockedDecrement(&borage_clients);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS borage_chars = {
    .Length = sizeof(NPI_PROVIDER_CHARACTERISTICS),
    .ProviderAttachClient = borage_attach,
    .ProviderDetachClient = borage_detach,
    .ProviderRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &borage_npi, .ModuleId = &borage_module },
};

typedef struct result {
    BOOLEAN ok;
    NTSTATUS code;
} result_t;

static HANDLE borage_handle;

static result_t result_of(NTSTATUS status)
{
    result_t r;

    r.ok = NT_SUCCESS(status);
    r.code = status;
    return r;
}

static result_t borage_start(void)
{
    return result_of(NmrRegisterProvider(&borage_chars, NULL, &borage_handle));
}

void NTAPI borage_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    if (NmrDeregisterProvider(borage_handle) == STATUS_PENDING)
        NmrWaitForProviderDeregisterComplete(borage_handle);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    result_t r = borage_start();

    (void)path;
    if (!r.ok)
        return r.code;
    driver->DriverUnload = borage_unload;
    return STATUS_SUCCESS;
}
