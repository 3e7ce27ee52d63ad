/* Defect: the same handle is kept by two owners, and unload ends it through both. */
#include <ntddk.h>
#include <netioddk.h>

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD rook_unload;

static const NPIID rook_npi = { 0xdc281d39, 0xf6e0, 0x4b74, { 0xa5, 0xfb, 0x11, 0xab, 0x74, 0x2c, 0xc7, 0x5f } };
static const NPI_MODULEID rook_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0x01f3fe03, 0x156c, 0x440c, { 0x82, 0x07, 0x6f, 0x2b, 0xc6, 0xfb, 0x95, 0xa6 } },
};
static const ULONG rook_dispatch[2] = { 8, 1 };
static volatile LONG rook_clients;

static NTSTATUS NTAPI rook_attach(HANDLE binding, PVOID context, PNPI_REGISTRATION_INSTANCE client, PVOID client_context,
                                 const VOID *client_dispatch, PVOID *binding_context, const VOID **dispatch)
{
    (void)binding; (void)context; (void)client; (void)client_context; (void)client_dispatch;
    InterlockedIncrement(&rook_clients);
    *binding_context = NULL;
    *dispatch = rook_dispatch;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI rook_detach(PVOID binding_context)
{
    (void)binding_context;
    InterlockedDecrement(&rook_clients);
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS rook_chars = {
    .Length = sizeof(NPI_PROVIDER_CHARACTERISTICS),
    .ProviderAttachClient = rook_attach,
    .ProviderDetachClient = rook_detach,
    .ProviderRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &rook_npi, .ModuleId = &rook_module },
};

struct rook_port { HANDLE nmr; ULONG number; };
struct rook_control { struct rook_port *port; HANDLE nmr; };

static struct rook_port port;
static struct rook_control control;

static void rook_end(HANDLE handle)
{
    if (NmrDeregisterProvider(handle) == STATUS_PENDING) // EXPECT: nmr-double-deregister
        NmrWaitForProviderDeregisterComplete(handle);
}

void NTAPI rook_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    rook_end(control.nmr);
    rook_end(port.nmr);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    NTSTATUS status;

    (void)path;
    status = NmrRegisterProvider(&rook_chars, NULL, &port.nmr);
    if (!NT_SUCCESS(status))
        return status;
    control.port = &port;
    control.nmr = port.nmr;
    driver->DriverUnload = rook_unload;
    return STATUS_SUCCESS;
}
