/* Two providers in the book. */
#include "book.h"

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD driver_unload;

static const NPIID indigo_npi = { 0x10d0bec4, 0x12c9, 0x4020, { 0x84, 0x58, 0xe9, 0x9f, 0x0a, 0xbc, 0x58, 0x52 } };
static const NPI_MODULEID indigo_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0x7a2b23db, 0xa138, 0x4a08, { 0x83, 0x82, 0x84, 0x0a, 0x5b, 0xe7, 0x6f, 0x74 } },
};
static const ULONG indigo_dispatch[2] = { 2, 0 };
static volatile LONG indigo_clients;

static NTSTATUS NTAPI indigo_attach_client(HANDLE binding, PVOID provider_context, PNPI_REGISTRATION_INSTANCE client, PVOID client_context,
                                        const VOID *client_dispatch, PVOID *binding_context, const VOID **dispatch)
{
    (void)binding; (void)provider_context; (void)client; (void)client_context; (void)client_dispatch;
    InterlockedIncrement(&indigo_clients);
    *binding_context = (PVOID)&indigo_clients;
    *dispatch = indigo_dispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI indigo_detach_client(PVOID binding_context)
{
    InterlockedDecrement((volatile LONG *)binding_context);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS indigo_provider = {
    .Length = sizeof(NPI_PROVIDER_CHARACTERISTICS),
    .ProviderAttachClient = indigo_attach_client,
    .ProviderDetachClient = indigo_detach_client,
    .ProviderRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &indigo_npi, .ModuleId = &indigo_module },
};
static const NPIID violet_npi = { 0x2748dbe4, 0x1cc7, 0x469b, { 0x8b, 0x57, 0x85, 0x03, 0x99, 0x77, 0x62, 0x09 } };
static const NPI_MODULEID violet_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0x996464d7, 0x1be2, 0x4b86, { 0x8f, 0x31, 0xab, 0xb4, 0x8a, 0xa2, 0x6b, 0xae } },
};
static const ULONG violet_dispatch[2] = { 3, 0 };
static volatile LONG violet_clients;

static NTSTATUS NTAPI violet_attach_client(HANDLE binding, PVOID provider_context, PNPI_REGISTRATION_INSTANCE client, PVOID client_context,
                                        const VOID *client_dispatch, PVOID *binding_context, const VOID **dispatch)
{
    (void)binding; (void)provider_context; (void)client; (void)client_context; (void)client_dispatch;
    InterlockedIncrement(&violet_clients);
    *binding_context = (PVOID)&violet_clients;
    *dispatch = violet_dispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI violet_detach_client(PVOID binding_context)
{
    InterlockedDecrement((volatile LONG *)binding_context);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS violet_provider = {
    .Length = sizeof(NPI_PROVIDER_CHARACTERISTICS),
    .ProviderAttachClient = violet_attach_client,
    .ProviderDetachClient = violet_detach_client,
    .ProviderRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &violet_npi, .ModuleId = &violet_module },
};

void NTAPI driver_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    book_close();
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    NTSTATUS status;

    (void)path;
    status = book_register(&indigo_provider);
    if (NT_SUCCESS(status))
        status = book_register(&violet_provider);
    if (!NT_SUCCESS(status)) {
        book_close();
        return status;
    }
    driver->DriverUnload = driver_unload;
    return STATUS_SUCCESS;
}
