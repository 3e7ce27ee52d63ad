/*
 * Defect: the NPI-specific characteristics are built in the frame of the publishing function. NPI and module
 * identifiers are static.
 */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD smew_unload;

static const NPIID smew_npi = { 0x7602e0c9, 0xa192, 0x43a0, { 0x37, 0x5b, 0x1c, 0x0b, 0xd4, 0xbc, 0x15, 0x04 } };
static const NPI_MODULEID smew_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0x2d4c0fa1, 0xeff8, 0x436d, { 0xe6, 0x08, 0x2f, 0xa5, 0x13, 0x5b, 0xb9, 0x93 } },
};
static const ULONG smew_dispatch[2] = { 8, 1 };
static volatile LONG smew_clients;

static NTSTATUS NTAPI smew_attach(HANDLE binding, PVOID context, PNPI_REGISTRATION_INSTANCE client, PVOID client_context,
                                 const VOID *client_dispatch, PVOID *binding_context, const VOID **dispatch)
{
    (void)binding; (void)context; (void)client; (void)client_context; (void)client_dispatch;
    InterlockedIncrement(&smew_clients);
    *binding_context = NULL;
    *dispatch = smew_dispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI smew_detach(PVOID binding_context)
{
    (void)binding_context;
    InterlockedDecrement(&smew_clients);
    return STATUS_SUCCESS;
}

struct smew_specifics {
    USHORT header_size;
    USHORT program_type;
    ULONG flags;
};

static NPI_PROVIDER_CHARACTERISTICS smew_chars = {
    .Length = sizeof(NPI_PROVIDER_CHARACTERISTICS),
    .ProviderAttachClient = smew_attach,
    .ProviderDetachClient = smew_detach,
    .ProviderRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &smew_npi, .ModuleId = &smew_module },
};
static HANDLE smew_handle;

static NTSTATUS smew_publish(USHORT type)
{
    struct smew_specifics specifics = { sizeof(specifics), type, 0 };

    smew_chars.ProviderRegistrationInstance.NpiSpecificCharacteristics = &specifics;
    return NmrRegisterProvider(&smew_chars, NULL, &smew_handle); // EXPECT: nmr-stack-registration-data
}

void NTAPI smew_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    if (NmrDeregisterProvider(smew_handle) == STATUS_PENDING)
        NmrWaitForProviderDeregisterComplete(smew_handle);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    (void)path;
    driver->DriverUnload = smew_unload;
    return smew_publish(3);
}
