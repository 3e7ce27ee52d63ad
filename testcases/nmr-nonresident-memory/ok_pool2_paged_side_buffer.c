/*
 * Good: the registration context is non-paged; a name that hangs off it, for requests only, is paged.
 * (Twin: bad_pool2_paged_context.c)
 */
#include <ntddk.h>
#include <netioddk.h>

#define SEDGE_TAG 'gdeS'

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD sedge_unload;

struct sedge {
    HANDLE handle;
    PWCHAR name;
    volatile LONG clients;
};

static struct sedge *sedge;
static const ULONG sedge_dispatch = 1;
static volatile LONG sedge_bindings;
static const NPIID sedge_npi = { 0x0c777ea3, 0xc7be, 0x4e36, { 0x8c, 0x89, 0x5f, 0x31, 0x07, 0xe1, 0x35, 0xc8 } };
static const NPI_MODULEID sedge_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0x21627240, 0xe232, 0x4e79, { 0x88, 0xd5, 0x45, 0xeb, 0xf2, 0xf2, 0xd8, 0x1f } },
};

static NTSTATUS NTAPI sedge_attach_client(HANDLE binding, PVOID provider_context, PNPI_REGISTRATION_INSTANCE client, PVOID client_context,
                                          const VOID *client_dispatch, PVOID *binding_context, const VOID **dispatch)
{
    struct sedge *s = provider_context;

    (void)binding; (void)client; (void)client_context; (void)client_dispatch;
    InterlockedIncrement(&s->clients);
    *binding_context = (PVOID)&sedge_bindings;
    *dispatch = &sedge_dispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI sedge_detach_client(PVOID binding_context)
{
    InterlockedIncrement((volatile LONG *)binding_context);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS sedge_provider = {
    .Length = sizeof(NPI_PROVIDER_CHARACTERISTICS),
    .ProviderAttachClient = sedge_attach_client,
    .ProviderDetachClient = sedge_detach_client,
    .ProviderRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &sedge_npi, .ModuleId = &sedge_module },
};

static void sedge_free(struct sedge *s)
{
    if (s->name)
        ExFreePoolWithTag(s->name, SEDGE_TAG);
    ExFreePoolWithTag(s, SEDGE_TAG);
}

void NTAPI sedge_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    if (NmrDeregisterProvider(sedge->handle) == STATUS_PENDING)
        NmrWaitForProviderDeregisterComplete(sedge->handle);
    sedge_free(sedge);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    NTSTATUS status;

    sedge = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*sedge), SEDGE_TAG);
    if (!sedge)
        return STATUS_INSUFFICIENT_RESOURCES;
    sedge->name = ExAllocatePool2(POOL_FLAG_PAGED, path->Length + sizeof(WCHAR), SEDGE_TAG);
    if (sedge->name)
        RtlCopyMemory(sedge->name, path->Buffer, path->Length);

    status = NmrRegisterProvider(&sedge_provider, sedge, &sedge->handle);
    if (!NT_SUCCESS(status)) {
        sedge_free(sedge);
        return status;
    }
    driver->DriverUnload = sedge_unload;
    return STATUS_SUCCESS;
}
