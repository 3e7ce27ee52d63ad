/* loft: a provider. Its cleanup callback says PAGED_CODE(), but it may run at DISPATCH_LEVEL. */
#include <ntddk.h>
#include <netioddk.h>

#define LOFT_TAG 'tfoL'

typedef struct loft_client { void *client_binding; const void *client_dispatch; ULONG calls; } loft_client_t;

typedef struct loft_dispatch { USHORT version; } loft_dispatch_t;

static const loft_dispatch_t loft_table = { 1 };
static HANDLE loft_handle;

static const NPIID loft_npi_id = { 0x6a1b09f7, 0x6704, 0x44c7, { 0xdb, 0xe8, 0xc0, 0xdf, 0x7f, 0xce, 0x00, 0x22 } };
static const NPI_MODULEID loft_module_id = {
    sizeof(NPI_MODULEID), MIT_GUID,
    .Guid = { 0xb04d0bdf, 0xfcd5, 0x4c2a, { 0xcf, 0x1b, 0x4d, 0xc0, 0x52, 0x4b, 0x02, 0x61 } }
};

static NTSTATUS NTAPI
loft_attach(HANDLE nmr_handle, PVOID context, PNPI_REGISTRATION_INSTANCE instance, PVOID client_binding,
            const VOID *client_dispatch, PVOID *binding, const VOID **dispatch)
{
    loft_client_t *client;

    PAGED_CODE();
    (void)nmr_handle;
    (void)context;
    (void)instance;
    client = ExAllocatePoolWithTag(NonPagedPoolNx, sizeof(*client), LOFT_TAG);
    if (client == NULL)
        return STATUS_INSUFFICIENT_RESOURCES;
    client->client_binding = client_binding;
    client->client_dispatch = client_dispatch;
    client->calls = 0;
    *binding = client;
    *dispatch = &loft_table;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
loft_detach(PVOID binding)
{
    ((loft_client_t *)binding)->client_dispatch = NULL;
    return STATUS_SUCCESS;
}

static VOID NTAPI
loft_cleanup(PVOID binding)
{
    PAGED_CODE();

    ExFreePoolWithTag(binding, LOFT_TAG);
}

static const NPI_PROVIDER_CHARACTERISTICS loft_characteristics = {
    0,
    sizeof(NPI_PROVIDER_CHARACTERISTICS),
    loft_attach,
    loft_detach,
    loft_cleanup, // EXPECT: irql-paged-code
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &loft_npi_id, &loft_module_id, 0, NULL }
};

static VOID NTAPI
loft_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    if (NmrDeregisterProvider(loft_handle) == STATUS_PENDING) {
        NmrWaitForProviderDeregisterComplete(loft_handle);
    }
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    (void)path;
    driver->DriverUnload = loft_unload;
    return NmrRegisterProvider(&loft_characteristics, NULL, &loft_handle);
}
