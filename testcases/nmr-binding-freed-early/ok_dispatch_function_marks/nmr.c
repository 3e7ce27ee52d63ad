#include "reef.h"

static HANDLE reef_handle;

static const NPIID reef_npi_id = { 0x45915982, 0xe468, 0x4638, { 0xc9, 0xdd, 0xed, 0x10, 0xcf, 0x8d, 0x88, 0x7e } };
static const NPI_MODULEID reef_module_id = {
    sizeof(NPI_MODULEID), MIT_GUID,
    { { 0x8b855587, 0xccdf, 0x43bc, { 0x37, 0x48, 0x50, 0xb4, 0x78, 0x15, 0xce, 0x06 } } }
};

static NTSTATUS NTAPI
reef_attach(HANDLE nmr_handle, PVOID context, PNPI_REGISTRATION_INSTANCE instance)
{
    reef_t *reef = reef_create();
    NTSTATUS status;

    (void)context;
    (void)instance;
    if (reef == NULL)
        return STATUS_INSUFFICIENT_RESOURCES;
    status = NmrClientAttachProvider(nmr_handle, reef, &reef_client_dispatch, &reef->provider, &reef->dispatch);
    if (!NT_SUCCESS(status))
        reef_destroy(reef);
    return status;
}

static NTSTATUS NTAPI
reef_detach(PVOID context)
{
    InterlockedExchange(&((reef_t *)context)->closed, 1);
    return STATUS_SUCCESS;
}

static VOID NTAPI
reef_cleanup(PVOID context)
{
    reef_destroy(context);
}

static const NPI_CLIENT_CHARACTERISTICS reef_characteristics = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = reef_attach,
    .ClientDetachProvider = reef_detach,
    .ClientCleanupBindingContext = reef_cleanup,
    .ClientRegistrationInstance = {
        .Size = sizeof(NPI_REGISTRATION_INSTANCE),
        .NpiId = &reef_npi_id,
        .ModuleId = &reef_module_id,
    },
};

static VOID NTAPI
reef_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    if (NmrDeregisterClient(reef_handle) == STATUS_PENDING)
        NmrWaitForClientDeregisterComplete(reef_handle);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    (void)path;
    driver->DriverUnload = reef_unload;
    return NmrRegisterClient(&reef_characteristics, NULL, &reef_handle);
}
