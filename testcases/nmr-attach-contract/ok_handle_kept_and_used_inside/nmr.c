#include "islet.h"

static islet_strategy_fn *islet_strategy = islet_take_first;
static HANDLE islet_handle;

static const NPIID islet_npi_id = { 0x4b8f7353, 0x0814, 0x4da3, { 0x11, 0x23, 0x45, 0x44, 0xc5, 0xc9, 0xae, 0xa2 } };
static const NPI_MODULEID islet_module_id = {
    sizeof(NPI_MODULEID), MIT_GUID,
    { { 0x65be9984, 0x4f66, 0x4313, { 0x2f, 0xc2, 0xd5, 0x81, 0xa1, 0x1c, 0x5c, 0x62 } } }
};

static NTSTATUS NTAPI
islet_attach(HANDLE nmr_handle, PVOID context, PNPI_REGISTRATION_INSTANCE instance)
{
    islet_offer_t offer = { nmr_handle, instance->Number, STATUS_NOINTERFACE };

    (void)context;
    islet_strategy(&offer);
    return offer.result;
}

static NTSTATUS NTAPI
islet_detach(PVOID context)
{
    ((islet_t *)context)->dispatch = NULL;
    return STATUS_SUCCESS;
}

static VOID NTAPI
islet_cleanup(PVOID context)
{
    InterlockedExchange(&((islet_t *)context)->used, 0);
}

static const NPI_CLIENT_CHARACTERISTICS islet_characteristics = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), islet_attach, islet_detach, islet_cleanup,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &islet_npi_id, &islet_module_id, 0, NULL }
};

static VOID NTAPI
islet_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    if (NmrDeregisterClient(islet_handle) == STATUS_PENDING)
        NmrWaitForClientDeregisterComplete(islet_handle);
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    driver->DriverUnload = islet_unload;
    if (path->Length > 64 * sizeof(WCHAR))
        islet_strategy = islet_take_even;
    return NmrRegisterClient(&islet_characteristics, NULL, &islet_handle);
}
