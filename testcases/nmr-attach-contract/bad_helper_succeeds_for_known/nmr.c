#include "lathe.h"

static HANDLE lathe_handle;

static const NPIID lathe_npi_id = { 0x4ad9f293, 0x069d, 0x45ce, { 0xfc, 0x84, 0x99, 0x03, 0x43, 0xe9, 0xb1, 0x39 } };
static const NPI_MODULEID lathe_module_id = {
    sizeof(NPI_MODULEID), MIT_GUID,
    { { 0x9f72749e, 0x5ed3, 0x4b67, { 0x77, 0x3a, 0xd1, 0xa2, 0xac, 0xec, 0xb9, 0xaf } } }
};

static NTSTATUS NTAPI
lathe_attach(HANDLE nmr_handle, PVOID context, PNPI_REGISTRATION_INSTANCE instance)
{
    (void)context;
    return lathe_bind(nmr_handle, instance->Number); // EXPECT: nmr-attach-contract
}

static NTSTATUS NTAPI
lathe_detach(PVOID context)
{
    ((lathe_t *)context)->dispatch = NULL;
    return STATUS_SUCCESS;
}

static VOID NTAPI
lathe_cleanup(PVOID context)
{
    lathe_unbind(context);
}

static const NPI_CLIENT_CHARACTERISTICS lathe_characteristics = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = lathe_attach,
    .ClientDetachProvider = lathe_detach,
    .ClientCleanupBindingContext = lathe_cleanup,
    .ClientRegistrationInstance = {
        .Size = sizeof(NPI_REGISTRATION_INSTANCE),
        .NpiId = &lathe_npi_id,
        .ModuleId = &lathe_module_id,
    },
};

static VOID NTAPI
lathe_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    if (NmrDeregisterClient(lathe_handle) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(lathe_handle);
    }
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    (void)path;
    driver->DriverUnload = lathe_unload;
    return NmrRegisterClient(&lathe_characteristics, NULL, &lathe_handle);
}
