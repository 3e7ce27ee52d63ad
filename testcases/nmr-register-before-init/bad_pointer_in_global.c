/*
 * Defect: the attach callback finds its object through a global pointer, which is set when the register call has
 * already returned.
 */
#include <ntddk.h>
#include <netioddk.h>

#define NETTLE_TAG 'tteN'

DRIVER_INITIALIZE DriverEntry;
DRIVER_UNLOAD nettle_unload;

typedef struct nettle {
    HANDLE nmr;
    volatile LONG attached;
    PVOID peer_context;
    const VOID *peer_dispatch;
} nettle_t;

static nettle_t *the_nettle;
static const ULONG nettle_dispatch = 1;
static const NPIID nettle_npi = { 0xff3740eb, 0xfece, 0x41ce, { 0xd7, 0x3d, 0xe0, 0x37, 0xa4, 0xa2, 0x9f, 0x95 } };
static const NPI_MODULEID nettle_module = {
    .Length = sizeof(NPI_MODULEID), .Type = MIT_GUID,
    .Guid = { 0x0fb29083, 0x412f, 0x4b9b, { 0x1c, 0xe4, 0x35, 0x1d, 0x73, 0xbd, 0x11, 0xaf } },
};

static NTSTATUS NTAPI nettle_attach(HANDLE binding, PVOID context, PNPI_REGISTRATION_INSTANCE provider)
{
    nettle_t *n = the_nettle;

    (void)context; (void)provider;
    InterlockedIncrement(&n->attached);
    return NmrClientAttachProvider(binding, n, &nettle_dispatch, &n->peer_context, &n->peer_dispatch);
}

static NTSTATUS NTAPI nettle_detach(PVOID binding_context)
{
    InterlockedDecrement(&((nettle_t *)binding_context)->attached);
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS nettle_chars = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = nettle_attach,
    .ClientDetachProvider = nettle_detach,
    .ClientRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE), .NpiId = &nettle_npi, .ModuleId = &nettle_module },
};

static NTSTATUS nettle_create(nettle_t **result)
{
    nettle_t *n = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*n), NETTLE_TAG);
    NTSTATUS status;

    if (n == NULL)
        return STATUS_NO_MEMORY;
    status = NmrRegisterClient(&nettle_chars, NULL, &n->nmr);
    if (!NT_SUCCESS(status)) {
        ExFreePoolWithTag(n, NETTLE_TAG);
        return status;
    }
    *result = n; // EXPECT: nmr-register-before-init
    return STATUS_SUCCESS;
}

void NTAPI nettle_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    if (NmrDeregisterClient(the_nettle->nmr) == STATUS_PENDING)
        NmrWaitForClientDeregisterComplete(the_nettle->nmr);
    ExFreePoolWithTag(the_nettle, NETTLE_TAG);
}

NTSTATUS NTAPI DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    (void)path;
    driver->DriverUnload = nettle_unload;
    return nettle_create(&the_nettle);
}
