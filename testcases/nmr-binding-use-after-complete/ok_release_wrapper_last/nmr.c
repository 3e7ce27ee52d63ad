#include "jetty.h"

#define JETTY_TAG 'tteJ'

static HANDLE jetty_handle;

static const NPIID jetty_npi_id = { 0xdde8e079, 0x5873, 0x4918, { 0x7c, 0xfc, 0x00, 0x9c, 0x5a, 0x65, 0x35, 0x4d } };
static const NPI_MODULEID jetty_module_id = {
    sizeof(NPI_MODULEID), MIT_GUID,
    .Guid = { 0x332440ea, 0xd177, 0x4bbd, { 0xc2, 0xd7, 0x54, 0x68, 0x2a, 0x69, 0x62, 0x6c } }
};

static NTSTATUS NTAPI
jetty_attach(HANDLE nmr_handle, PVOID context, PNPI_REGISTRATION_INSTANCE instance)
{
    jetty_t *jetty = ExAllocatePool2(POOL_FLAG_NON_PAGED, sizeof(*jetty), JETTY_TAG);
    NTSTATUS status;

    (void)context;
    (void)instance;
    if (jetty == NULL)
        return STATUS_INSUFFICIENT_RESOURCES;
    jetty->holds = 1;
    jetty->nmr_handle = nmr_handle;
    status = NmrClientAttachProvider(nmr_handle, jetty, NULL, &jetty->provider, &jetty->dispatch);
    if (NT_SUCCESS(status))
        jetty_publish(jetty);
    else
        ExFreePoolWithTag(jetty, JETTY_TAG);
    return status;
}

static NTSTATUS NTAPI
jetty_detach(PVOID context)
{
    jetty_withdraw(context);
    jetty_release(context);
    return STATUS_PENDING;
}

static VOID NTAPI
jetty_cleanup(PVOID context)
{
    ExFreePoolWithTag(context, JETTY_TAG);
}

static const NPI_CLIENT_CHARACTERISTICS jetty_characteristics = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = jetty_attach,
    .ClientDetachProvider = jetty_detach,
    .ClientCleanupBindingContext = jetty_cleanup,
    .ClientRegistrationInstance = {
        .Size = sizeof(NPI_REGISTRATION_INSTANCE),
        .NpiId = &jetty_npi_id,
        .ModuleId = &jetty_module_id,
    },
};

NTSTATUS
jetty_nmr_start(void)
{
    return NmrRegisterClient(&jetty_characteristics, NULL, &jetty_handle);
}

void
jetty_nmr_stop(void)
{
    if (NmrDeregisterClient(jetty_handle) == STATUS_PENDING)
        NmrWaitForClientDeregisterComplete(jetty_handle);
}
