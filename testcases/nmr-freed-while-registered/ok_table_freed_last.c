/*
 * Good: the contexts are elements of one pool table, which is freed after the loop that ends the registrations.
 * (Twin: bad_table_freed_first.c)
 */
#include <ntddk.h>
#include <netioddk.h>

#define IRIDIUM_TAG 'dirI'
#define IRIDIUM_PORTS 2

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD iridium_unload;

struct iridium_port { volatile LONG clients; };

static struct iridium_port *iridium_ports;
static HANDLE iridium_handles[IRIDIUM_PORTS];
static const ULONG iridium_dispatch = 5;
static const NPIID iridium_npi = { 0xb771571b, 0xe549, 0x4896, { 0x86, 0xbe, 0xc8, 0xdf, 0x9e, 0x71, 0xff, 0x75 } };
static const NPI_MODULEID iridium_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0xdb8e04d0, 0x8c5d, 0x4cfa, { 0x87, 0x9e, 0xd5, 0x30, 0x95, 0xe9, 0x2a, 0x25 } },
};

static NTSTATUS NTAPI iridium_attach_client(HANDLE binding, PVOID provider_context, PNPI_REGISTRATION_INSTANCE client, PVOID client_context,
                                            const VOID *client_dispatch, PVOID *binding_context, const VOID **dispatch)
{
    struct iridium_port *port = provider_context;

    (void)binding; (void)client; (void)client_context; (void)client_dispatch;
    InterlockedIncrement(&port->clients);
    *binding_context = port;
    *dispatch = &iridium_dispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI iridium_detach_client(PVOID binding_context)
{
    InterlockedDecrement(&((struct iridium_port *)binding_context)->clients);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS iridium_provider = {
    .Length = sizeof(NPI_PROVIDER_CHARACTERISTICS),
    .ProviderAttachClient = iridium_attach_client,
    .ProviderDetachClient = iridium_detach_client,
    .ProviderRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &iridium_npi, .ModuleId = &iridium_module },
};

static void iridium_end(ULONG count)
{
    while (count-- > 0) {
        if (NmrDeregisterProvider(iridium_handles[count]) == STATUS_PENDING)
            NmrWaitForProviderDeregisterComplete(iridium_handles[count]);
    }
}

VOID NTAPI iridium_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    iridium_end(IRIDIUM_PORTS);
    ExFreePoolWithTag(iridium_ports, IRIDIUM_TAG);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    NTSTATUS status;
    ULONG i;

    (void)path;
    iridium_ports = ExAllocatePool2(POOL_FLAG_NON_PAGED, IRIDIUM_PORTS * sizeof(*iridium_ports), IRIDIUM_TAG);
    if (!iridium_ports)
        return STATUS_INSUFFICIENT_RESOURCES;
    for (i = 0; i < IRIDIUM_PORTS; i++) {
        status = NmrRegisterProvider(&iridium_provider, &iridium_ports[i], &iridium_handles[i]);
        if (!NT_SUCCESS(status)) {
            iridium_end(i);
            ExFreePoolWithTag(iridium_ports, IRIDIUM_TAG);
            return status;
        }
    }
    driver->DriverUnload = iridium_unload;
    return STATUS_SUCCESS;
}
