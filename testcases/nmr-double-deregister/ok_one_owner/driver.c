/*
 * Good: the handle is in the list; unload ends what is there.
 * (Twin: bad_two_copies)
 */
#include "modules.h"

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD driver_unload;

static const NPIID poplar_npi = { 0x3e2bc069, 0xd368, 0x4df0, { 0x83, 0xde, 0xd7, 0x1b, 0x45, 0x16, 0x4e, 0x93 } };
static const NPI_MODULEID poplar_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0xc4ee7c7a, 0xdb15, 0x4471, { 0x8e, 0x08, 0x90, 0xa3, 0x36, 0xb2, 0x7c, 0x92 } },
};
static const ULONG poplar_dispatch[2] = { 9, 0 };
static volatile LONG poplar_clients;

static NTSTATUS NTAPI poplar_attach_client(HANDLE binding, PVOID provider_context, PNPI_REGISTRATION_INSTANCE client, PVOID client_context,
                                        const VOID *client_dispatch, PVOID *binding_context, const VOID **dispatch)
{
    (void)binding; (void)provider_context; (void)client; (void)client_context; (void)client_dispatch;
    InterlockedIncrement(&poplar_clients);
    *binding_context = (PVOID)&poplar_clients;
    *dispatch = poplar_dispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI poplar_detach_client(PVOID binding_context)
{
    InterlockedDecrement((volatile LONG *)binding_context);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS poplar_provider = {
    .Length = sizeof(NPI_PROVIDER_CHARACTERISTICS),
    .ProviderAttachClient = poplar_attach_client,
    .ProviderDetachClient = poplar_detach_client,
    .ProviderRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &poplar_npi, .ModuleId = &poplar_module },
};

void NTAPI driver_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    modules_end();
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    HANDLE poplar_handle;
    NTSTATUS status;

    (void)path;
    status = NmrRegisterProvider(&poplar_provider, NULL, &poplar_handle);
    if (!NT_SUCCESS(status))
        return status;
    modules_add(poplar_handle);
    driver->DriverUnload = driver_unload;
    return STATUS_SUCCESS;
}
