#include "egret.h"

static HANDLE egret_handle;

static const NPIID egret_npi_id = { 0xefcc2b77, 0x33a7, 0x44fa, { 0xd4, 0x0f, 0x77, 0x26, 0x46, 0x6f, 0xba, 0x1b } };
static const NPI_MODULEID egret_module_id = {
    sizeof(NPI_MODULEID), MIT_GUID,
    .Guid = { 0xbf30f14d, 0xda34, 0x47fb, { 0x48, 0xfd, 0xbd, 0x71, 0x71, 0x5b, 0x99, 0x58 } }
};

static NTSTATUS NTAPI
egret_attach(HANDLE nmr_handle, PVOID context, PNPI_REGISTRATION_INSTANCE instance, PVOID client_binding,
             const VOID *client_dispatch, PVOID *binding, const VOID **dispatch)
{
    egret_out_t out = { binding, dispatch };
    egret_client_t client;

    (void)nmr_handle;
    (void)context;
    (void)instance;
    client.client = client_binding;
    client.client_dispatch = client_dispatch;
    client.credits = 16;
    egret_publish(&out, &client);
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
egret_detach(PVOID binding)
{
    ((egret_client_t *)binding)->credits = 0;
    return STATUS_SUCCESS;
}

static const NPI_PROVIDER_CHARACTERISTICS egret_characteristics = {
    0, sizeof(NPI_PROVIDER_CHARACTERISTICS), egret_attach, egret_detach, NULL,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &egret_npi_id, &egret_module_id, 0, NULL }
};

static VOID NTAPI
egret_unload(PDRIVER_OBJECT driver)
{
    NTSTATUS status;

    (void)driver;
    status = NmrDeregisterProvider(egret_handle);
    NT_ASSERT(status == STATUS_PENDING);
    if (status == STATUS_PENDING) {
        NmrWaitForProviderDeregisterComplete(egret_handle);
    }
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    (void)path;
    driver->DriverUnload = egret_unload;
    return NmrRegisterProvider(&egret_characteristics, NULL, &egret_handle);
}
