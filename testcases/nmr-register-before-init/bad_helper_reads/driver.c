/*
 * Defect: the table that track_add, called by the attach callback, uses is set after the register call.
 * (Twin: ok_helper_reads)
 */
#include "track.h"

#define SCHIST_TAG 'ihcS'

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD driver_unload;

static HANDLE handle;
static const ULONG schist_dispatch = 1;
static const NPIID schist_npi = { 0xbc25fdf3, 0x25d9, 0x4ce2, { 0x81, 0x6a, 0x26, 0xc9, 0xd8, 0x40, 0x5b, 0xd6 } };
static const NPI_MODULEID schist_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0x1dce2a33, 0x2abf, 0x429a, { 0x86, 0x40, 0x42, 0x8a, 0x32, 0xf6, 0x5f, 0x80 } },
};

static NTSTATUS NTAPI schist_attach_client(HANDLE binding, PVOID provider_context, PNPI_REGISTRATION_INSTANCE client, PVOID client_context,
                                           const VOID *client_dispatch, PVOID *binding_context, const VOID **dispatch)
{
    (void)binding; (void)provider_context; (void)client_context; (void)client_dispatch;
    track_add(client->Number, 1);
    *binding_context = NULL;
    *dispatch = &schist_dispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI schist_detach_client(PVOID binding_context)
{
    (void)binding_context;
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS schist_provider = {
    .Length = sizeof(NPI_PROVIDER_CHARACTERISTICS),
    .ProviderAttachClient = schist_attach_client,
    .ProviderDetachClient = schist_detach_client,
    .ProviderRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &schist_npi, .ModuleId = &schist_module },
};

void NTAPI driver_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    if (NmrDeregisterProvider(handle) == STATUS_PENDING)
        NmrWaitForProviderDeregisterComplete(handle);
    ExFreePoolWithTag((PVOID)track.table, SCHIST_TAG);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    volatile LONG *table;
    NTSTATUS status;

    (void)path;
    table = ExAllocatePool2(POOL_FLAG_NON_PAGED, TRACK_SLOTS * sizeof(LONG), SCHIST_TAG);
    if (table == NULL)
        return STATUS_INSUFFICIENT_RESOURCES;
    status = NmrRegisterProvider(&schist_provider, NULL, &handle);
    if (!NT_SUCCESS(status)) {
        ExFreePoolWithTag((PVOID)table, SCHIST_TAG);
        return status;
    }
    track.table = table; // EXPECT: nmr-register-before-init
    driver->DriverUnload = driver_unload;
    return STATUS_SUCCESS;
}
