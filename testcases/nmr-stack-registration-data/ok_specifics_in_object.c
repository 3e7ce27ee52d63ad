/* Good: the NPI-specific characteristics are first built in a local and then copied into the object that is registered. */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD scaup_unload;

static const NPIID scaup_npi = { 0x244a8648, 0xa06f, 0x4df4, { 0x7c, 0xef, 0x78, 0xd9, 0xee, 0x4f, 0xee, 0x25 } };
static const NPI_MODULEID scaup_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0x2c5aa6fb, 0xa71c, 0x46e9, { 0x77, 0x1e, 0xc6, 0x63, 0x8d, 0xf6, 0xa9, 0xa3 } },
};
static const ULONG scaup_dispatch[2] = { 8, 1 };
static volatile LONG scaup_clients;

static NTSTATUS NTAPI scaup_attach(HANDLE binding, PVOID context, PNPI_REGISTRATION_INSTANCE client, PVOID client_context,
                                 const VOID *client_dispatch, PVOID *binding_context, const VOID **dispatch)
{
    (void)binding; (void)context; (void)client; (void)client_context; (void)client_dispatch;
    InterlockedIncrement(&scaup_clients);
    *binding_context = NULL;
    *dispatch = scaup_dispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI scaup_detach(PVOID binding_context)
{
    (void)binding_context;
    InterlockedDecrement(&scaup_clients);
    return STATUS_SUCCESS;
}

struct scaup_specifics {
    USHORT header_size;
    USHORT program_type;
    ULONG flags;
};

static struct {
    NPI_PROVIDER_CHARACTERISTICS chars;
    struct scaup_specifics specifics;
    HANDLE handle;
} scaup;

static NTSTATUS scaup_publish(USHORT type)
{
    struct scaup_specifics specifics = { sizeof(specifics), type, 0 };
    NPI_REGISTRATION_INSTANCE *instance = &scaup.chars.ProviderRegistrationInstance;

    if (type > 2)
        specifics.flags |= 1;
    scaup.specifics = specifics;
    scaup.chars.Length = sizeof(scaup.chars);
    scaup.chars.ProviderAttachClient = scaup_attach;
    scaup.chars.ProviderDetachClient = scaup_detach;
    instance->Size = sizeof(*instance);
    instance->NpiId = &scaup_npi;
    instance->ModuleId = &scaup_module;
    instance->NpiSpecificCharacteristics = &scaup.specifics;
    return NmrRegisterProvider(&scaup.chars, NULL, &scaup.handle);
}

void NTAPI scaup_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    if (NmrDeregisterProvider(scaup.handle) == STATUS_PENDING)
        NmrWaitForProviderDeregisterComplete(scaup.handle);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    (void)path;
    driver->DriverUnload = scaup_unload;
    return scaup_publish(3);
}
