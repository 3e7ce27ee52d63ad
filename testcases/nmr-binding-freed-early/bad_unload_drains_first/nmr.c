#include "trellis.h"

static HANDLE trellis_handle;

static const NPIID trellis_npi_id = { 0xcc0ef3f0, 0x2517, 0x41b8, { 0x9f, 0x2a, 0xe8, 0xa4, 0xe1, 0xce, 0x2b, 0x24 } };
static const NPI_MODULEID trellis_module_id = {
    .Length = sizeof(NPI_MODULEID),
    .Type = MIT_GUID,
    .Guid = { 0x0f543adc, 0xb00d, 0x489b, { 0xed, 0xba, 0x22, 0xd2, 0xad, 0xd6, 0x4a, 0x71 } }
};

static NTSTATUS NTAPI
trellis_attach(HANDLE nmr_handle, PVOID context, PNPI_REGISTRATION_INSTANCE instance)
{
    trellis_t *trellis = trellis_new();
    NTSTATUS status;

    (void)context;
    (void)instance;
    if (trellis == NULL)
        return STATUS_INSUFFICIENT_RESOURCES;
    status = NmrClientAttachProvider(nmr_handle, trellis, NULL, &trellis->provider, &trellis->dispatch);
    if (!NT_SUCCESS(status))
        trellis_free(trellis);
    return status;
}

static NTSTATUS NTAPI
trellis_detach(PVOID context)
{
    ((trellis_t *)context)->dispatch = NULL;
    return STATUS_SUCCESS;
}

static VOID NTAPI
trellis_cleanup(PVOID context)
{
    trellis_park(context);
}

static const NPI_CLIENT_CHARACTERISTICS trellis_characteristics = {
    0, sizeof(NPI_CLIENT_CHARACTERISTICS), trellis_attach, trellis_detach, trellis_cleanup,
    { 0, sizeof(NPI_REGISTRATION_INSTANCE), &trellis_npi_id, &trellis_module_id, 0, NULL }
};

NTSTATUS
trellis_join(void)
{
    return NmrRegisterClient(&trellis_characteristics, NULL, &trellis_handle);
}

void
trellis_leave(void)
{
    if (NmrDeregisterClient(trellis_handle) == STATUS_PENDING)
        NmrWaitForClientDeregisterComplete(trellis_handle);
}
