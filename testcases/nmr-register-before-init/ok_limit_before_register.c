/*
 * Good: the limit that the attach callback compares with is set first; what follows the register call nobody reads there.
 * (Twin: bad_limit_after_register.c)
 */
#include <ntddk.h>
#include <netioddk.h>

#define SLATE_TAG 'tlaS'

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD slate_unload;

struct slate {
    HANDLE handle;
    LONG limit;
    volatile LONG clients;
    ULONG generation; /* for requests */
};

static struct slate *slate;
static const ULONG slate_dispatch = 6;
static const NPIID slate_npi = { 0x0a15eb3f, 0xe898, 0x4ac0, { 0x85, 0x91, 0x50, 0xfb, 0x0d, 0xfe, 0xb6, 0x42 } };
static const NPI_MODULEID slate_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0x2b1aae34, 0xedea, 0x49de, { 0x89, 0x16, 0xcc, 0xfd, 0xf1, 0xbd, 0x87, 0x01 } },
};

static NTSTATUS NTAPI slate_attach_client(HANDLE binding, PVOID provider_context, PNPI_REGISTRATION_INSTANCE client, PVOID client_context,
                                          const VOID *client_dispatch, PVOID *binding_context, const VOID **dispatch)
{
    struct slate *s = provider_context;

    (void)binding; (void)client; (void)client_context; (void)client_dispatch;
    if (InterlockedIncrement(&s->clients) > s->limit) {
        InterlockedDecrement(&s->clients);
        return STATUS_NOINTERFACE;
    }
    *binding_context = s;
    *dispatch = &slate_dispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI slate_detach_client(PVOID binding_context)
{
    InterlockedDecrement(&((struct slate *)binding_context)->clients);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS slate_provider = {
    .Length = sizeof(NPI_PROVIDER_CHARACTERISTICS),
    .ProviderAttachClient = slate_attach_client,
    .ProviderDetachClient = slate_detach_client,
    .ProviderRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &slate_npi, .ModuleId = &slate_module },
};

static NTSTATUS slate_create(LONG limit)
{
    NTSTATUS status;

    slate = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*slate), SLATE_TAG);
    if (!slate)
        return STATUS_INSUFFICIENT_RESOURCES;
    slate->limit = limit;
    status = NmrRegisterProvider(&slate_provider, slate, &slate->handle);
    if (!NT_SUCCESS(status)) {
        ExFreePoolWithTag(slate, SLATE_TAG);
        return status;
    }
    slate->generation = 1;
    return STATUS_SUCCESS;
}

void NTAPI slate_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    if (NmrDeregisterProvider(slate->handle) == STATUS_PENDING)
        NmrWaitForProviderDeregisterComplete(slate->handle);
    ExFreePoolWithTag(slate, SLATE_TAG);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    (void)path;
    driver->DriverUnload = slate_unload;
    return slate_create(4);
}
