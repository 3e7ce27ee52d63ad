#include "SHARED.H"

static const NPIID shared_npi = { 0x51a3f1c2, 0x0c11, 0x4d0e, { 0x90, 0x11, 0x22, 0x33, 0x44, 0x55, 0x66, 0x77 } };
static const NPI_MODULEID shared_module = {
    sizeof(NPI_MODULEID), MIT_GUID, { { 0x51a3f1c3, 0x0c11, 0x4d0e, { 1, 2, 3, 4, 5, 6, 7, 8 } } }
};

static NTSTATUS NTAPI shared_attach(HANDLE binding, PVOID context, PNPI_REGISTRATION_INSTANCE provider)
{
    (void)binding;
    (void)context;
    (void)provider;
    return STATUS_NOINTERFACE;
}

static NTSTATUS NTAPI shared_detach(PVOID binding_context)
{
    (void)binding_context;
    return STATUS_SUCCESS;
}

static const NPI_CLIENT_CHARACTERISTICS shared_characteristics = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = shared_attach,
    .ClientDetachProvider = shared_detach,
    .ClientRegistrationInstance = { .Size = sizeof(NPI_REGISTRATION_INSTANCE),
                                    .NpiId = &shared_npi,
                                    .ModuleId = &shared_module },
};

NTSTATUS shared_start(HANDLE *registration)
{
    return NmrRegisterClient(&shared_characteristics, NULL, registration);
}

void shared_stop(HANDLE registration)
{
    if (NmrDeregisterClient(registration) == STATUS_PENDING)
        shared_wait(registration);
}
