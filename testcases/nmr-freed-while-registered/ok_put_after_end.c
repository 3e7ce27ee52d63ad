/*
 * The context is reference counted. Good: unload ends the registration, then puts its reference, the last one.
 * (Twin: bad_put_before_end.c)
 */
#include <ntddk.h>
#include <netioddk.h>

#define MERCURY_TAG 'creM'

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD mercury_unload;

struct mercury {
    volatile LONG references;
    volatile LONG clients;
};

static struct mercury *mercury;
static HANDLE mercury_handle;
static const ULONG mercury_dispatch = 1;
static const NPIID mercury_npi = { 0x97c580f5, 0x459c, 0x4df4, { 0x8a, 0xf9, 0x10, 0x7a, 0x45, 0xaf, 0x02, 0xa9 } };
static const NPI_MODULEID mercury_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0x6c93704b, 0xada7, 0x42bd, { 0x8e, 0x79, 0x2c, 0xd2, 0xff, 0x39, 0xe1, 0x7c } },
};

static NTSTATUS NTAPI mercury_attach_client(HANDLE binding, PVOID provider_context, PNPI_REGISTRATION_INSTANCE client, PVOID client_context,
                                            const VOID *client_dispatch, PVOID *binding_context, const VOID **dispatch)
{
    struct mercury *m = provider_context;

    (void)binding; (void)client; (void)client_context; (void)client_dispatch;
    InterlockedIncrement(&m->clients);
    *binding_context = m;
    *dispatch = &mercury_dispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI mercury_detach_client(PVOID binding_context)
{
    InterlockedDecrement(&((struct mercury *)binding_context)->clients);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS mercury_provider = {
    .Length = sizeof(NPI_PROVIDER_CHARACTERISTICS),
    .ProviderAttachClient = mercury_attach_client,
    .ProviderDetachClient = mercury_detach_client,
    .ProviderRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &mercury_npi, .ModuleId = &mercury_module },
};

static void mercury_end(void)
{
    if (NmrDeregisterProvider(mercury_handle) == STATUS_PENDING)
        NmrWaitForProviderDeregisterComplete(mercury_handle);
}

void NTAPI mercury_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    mercury_end();
    if (InterlockedDecrement(&mercury->references) == 0) {
        ExFreePoolWithTag(mercury, MERCURY_TAG);
        mercury = NULL;
    }
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    NTSTATUS status;

    (void)path;
    mercury = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*mercury), MERCURY_TAG);
    if (!mercury)
        return STATUS_INSUFFICIENT_RESOURCES;
    mercury->references = 1;
    status = NmrRegisterProvider(&mercury_provider, mercury, &mercury_handle);
    if (!NT_SUCCESS(status)) {
        ExFreePoolWithTag(mercury, MERCURY_TAG);
        return status;
    }
    driver->DriverUnload = mercury_unload;
    return STATUS_SUCCESS;
}
