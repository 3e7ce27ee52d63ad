#include "finch.h"

static finch_t finch;
static const USHORT finch_dispatch = 1;
static HANDLE finch_handle;

static const NPIID finch_npi_id = { 0x3e6866bd, 0x09e2, 0x46a7, { 0xd3, 0x75, 0xb2, 0x89, 0xab, 0x5c, 0xd4, 0x71 } };
static const NPI_MODULEID finch_module_id = {
    .Length = sizeof(NPI_MODULEID),
    .Type = MIT_GUID,
    .Guid = { 0x8117352a, 0x4b42, 0x4297, { 0x92, 0x7b, 0x45, 0xdf, 0x12, 0xe4, 0x3c, 0xfe } }
};

static NTSTATUS NTAPI
finch_attach(HANDLE nmr_handle, PVOID context, PNPI_REGISTRATION_INSTANCE instance)
{
    finch_t *target = context;
    finch_t trial;
    NTSTATUS status;

    (void)instance;
    if (InterlockedExchange(&target->bound, 1) != 0)
        return STATUS_NOINTERFACE;
    trial = *target;
    status = nmr_side_attach(&trial.side, nmr_handle, &finch_dispatch);
    if (!NT_SUCCESS(status)) {
        InterlockedExchange(&target->bound, 0);
        return status;
    }
    target->side = trial.side;
    return STATUS_SUCCESS;
}

static NTSTATUS NTAPI
finch_detach(PVOID context)
{
    (void)context;
    return STATUS_SUCCESS;
}

static VOID NTAPI
finch_cleanup(PVOID context)
{
    (void)context;
    InterlockedExchange(&finch.bound, 0);
}

static const NPI_CLIENT_CHARACTERISTICS finch_characteristics = {
    .Length = sizeof(NPI_CLIENT_CHARACTERISTICS),
    .ClientAttachProvider = finch_attach,
    .ClientDetachProvider = finch_detach,
    .ClientCleanupBindingContext = finch_cleanup,
    .ClientRegistrationInstance = {
        .Size = sizeof(NPI_REGISTRATION_INSTANCE),
        .NpiId = &finch_npi_id,
        .ModuleId = &finch_module_id,
    },
};

static VOID NTAPI
finch_unload(PDRIVER_OBJECT driver)
{
    (void)driver;
    if (NmrDeregisterClient(finch_handle) == STATUS_PENDING) {
        NmrWaitForClientDeregisterComplete(finch_handle);
    }
}

NTSTATUS NTAPI
DriverEntry(PDRIVER_OBJECT driver, PUNICODE_STRING path)
{
    (void)path;
    driver->DriverUnload = finch_unload;
    return NmrRegisterClient(&finch_characteristics, &finch, &finch_handle);
}
