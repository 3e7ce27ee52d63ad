#include "carrier.h"

static const carrier_dispatch_t carrier_table = {
    .version = 1,
    .send = carrier_send,
    .tune = carrier_tune,
};
static HANDLE carrier_handle;

static const NPIID carrier_npi_id = { 0xaaf29721, 0xe4e7, 0x4c32, { 0x08, 0x4a, 0x6f, 0x85, 0xc1, 0x86, 0x6c, 0xb9 } };
static const NPI_MODULEID carrier_module_id = {
    sizeof(NPI_MODULEID), MIT_GUID,
    .Guid = { 0x2c66ffd3, 0xc6e3, 0x4870, { 0x89, 0xaf, 0x41, 0x77, 0xaa, 0xcf, 0x5a, 0x37 } }
};

static NTSTATUS NTAPI
carrier_attach(HANDLE nmr_handle, PVOID context, PNPI_REGISTRATION_INSTANCE instance, PVOID client_binding,
               const VOID *client_dispatch, PVOID *binding, const VOID **dispatch)
{
    carrier_client_t *client = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*client), 'rraC');

    (void)nmr_handle;
    (void)context;
    (void)instance;
    (void)client_binding;
    (void)client_dispatch;
    if (client == NULL)
        return STATUS_INSUFFICIENT_RESOURCES;
    *binding = client;
    *dispatch = &carrier_table;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
carrier_detach(PVOID binding)
{
    (void)binding;
    return STATUS_SUCCESS;
}

static VOID NTAPI
carrier_cleanup(PVOID binding)
{
    ExFreePoolWithTag(binding, 'rraC');
}

static const NPI_PROVIDER_CHARACTERISTICS carrier_characteristics = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), carrier_attach, carrier_detach, carrier_cleanup,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &carrier_npi_id, &carrier_module_id, 0, NULL }
};

static VOID NTAPI
carrier_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    if (NmrDeregisterProvider(carrier_handle) == STATUS_PENDING) {
        NmrWaitForProviderDeregisterComplete(carrier_handle);
    }
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    (void)path;
    driver->DriverUnload = carrier_unload;
    return NmrRegisterProvider(&carrier_characteristics, NULL, &carrier_handle);
}
