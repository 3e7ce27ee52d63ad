#include "pier.h"

static const NPIID pier_npi_id = { 0xa6b1cd59, 0x591c, 0x4270, { 0xa3, 0x81, 0x0f, 0xd1, 0xe3, 0xe7, 0x3b, 0xb8 } };
static const NPI_MODULEID pier_module_id = {
    sizeof(NPI_MODULEID), MIT_GUID,
    .Guid = { 0x5747e4a3, 0xde7c, 0x419d, { 0x93, 0xe2, 0x86, 0x24, 0x4c, 0x1c, 0x2c, 0x45 } }
};

static NTSTATUS NTAPI
pier_attach(HANDLE nmr_handle, PVOID context, PNPI_REGISTRATION_INSTANCE instance)
{
    pier_t *p = context;

    (void)instance;
    return NmrClientAttachProvider(nmr_handle, p, NULL, &p->provider, &p->dispatch);
}

static NTSTATUS NTAPI
pier_detach(PVOID context)
{
    pier_t *p = context;
    KIRQL irql;

    KeAcquireSpinLock(&p->lock, &irql);
    p->boats = 0;
    p->dispatch = NULL;
    KeReleaseSpinLock(&p->lock, irql);
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS pier_characteristics = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = pier_attach,
    .ClientDetachProvider = pier_detach,
    .ClientRegistrationInstance = {
        .Size = sizeof(NPI_REGISTRATION_INSTANCE),
        .NpiId = &pier_npi_id,
        .ModuleId = &pier_module_id,
    },
};

NTSTATUS
pier_open(void)
{
    NTSTATUS status = NmrRegisterClient(&pier_characteristics, &pier, &pier.handle);

    pier.up = (BOOLEAN)NT_SUCCESS(status);
    return status;
}
