/*
 * Defect: a compound literal in a function has the lifetime of its block.
 * (Twin: ok_compound_literal_at_file_scope.c)
 */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD pipit_unload;

static HANDLE pipit_handle;
static const NPIID pipit_npi = { 0xefab8bd9, 0x4a87, 0x4fbf, { 0x89, 0x90, 0x08, 0xfb, 0x51, 0x9e, 0xde, 0x46 } };
static const NPI_MODULEID pipit_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0x234a4c50, 0x9a27, 0x43d6, { 0x82, 0x4c, 0xde, 0x69, 0x6c, 0x19, 0x77, 0xed } },
};
static const ULONG pipit_dispatch[2] = { 6, 0 };
static volatile LONG pipit_clients;

static NTSTATUS NTAPI pipit_attach_client(HANDLE binding, PVOID provider_context, PNPI_REGISTRATION_INSTANCE client, PVOID client_context,
                                        const VOID *client_dispatch, PVOID *binding_context, const VOID **dispatch)
{
    (void)binding; (void)provider_context; (void)client; (void)client_context; (void)client_dispatch;
    InterlockedIncrement(&pipit_clients);
    *binding_context = (PVOID)&pipit_clients;
    *dispatch = pipit_dispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI pipit_detach_client(PVOID binding_context)
{
    InterlockedDecrement((volatile LONG *)binding_context);
    return STATUS_SUCCESS;
}

void NTAPI pipit_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    if (NmrDeregisterProvider(pipit_handle) == STATUS_PENDING)
        NmrWaitForProviderDeregisterComplete(pipit_handle);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    NTSTATUS status;

    (void)path;
    status = NmrRegisterProvider(&(NPI_PROVIDER_CHARACTERISTICS){ // EXPECT: nmr-stack-characteristics
        .Length = sizeof(NPI_PROVIDER_CHARACTERISTICS),
        .ProviderAttachClient = pipit_attach_client,
        .ProviderDetachClient = pipit_detach_client,
        .ProviderRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &pipit_npi, .ModuleId = &pipit_module },
    }, NULL, &pipit_handle);
    if (NT_SUCCESS(status))
        driver->DriverUnload = pipit_unload;
    return status;
}
